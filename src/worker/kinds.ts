import type { ModalityName } from '../config/modalities.ts'
import { audioKind } from '../modalities/audio/kind.ts'
import { imageKind } from '../modalities/image/kind.ts'
import type { Kind } from '../modalities/kind.ts'
import { textKind } from '../modalities/text/kind.ts'

/** What the worker can train on. */
export const KINDS: Readonly<Record<ModalityName, Kind>> = {
  image: imageKind,
  audio: audioKind,
  text: textKind,
}
