import type { ModalityName } from '../config/modalities.ts'
import type { Kind } from './kind.ts'
import { audioKind } from './kinds/audio.ts'
import { imageKind } from './kinds/image.ts'
import { textKind } from './kinds/text.ts'

/** What the worker can train on. */
export const KINDS: Readonly<Record<ModalityName, Kind>> = {
  image: imageKind,
  audio: audioKind,
  text: textKind,
}
