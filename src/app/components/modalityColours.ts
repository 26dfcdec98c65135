import type { ModalityName } from '../../config/modalities.ts'

/** CSS colours of a modality: of its lines and shapes, and of its name. */
export const MODALITY_COLOURS: Readonly<
  Record<ModalityName, { readonly shape: string; readonly text: string }>
> = {
  image: { shape: 'var(--color-image)', text: 'var(--color-image-text)' },
  audio: { shape: 'var(--color-audio)', text: 'var(--color-audio-text)' },
  text: { shape: 'var(--color-text)', text: 'var(--color-text-text)' },
}
