import type { ModalityName } from '../config/modalities.ts'
import { SOUND_HEAD_BYTES, soundKind } from '../modalities/audio/decode.ts'
import { isPicture } from '../modalities/image/decode.ts'
import { kindOf, KINDS } from '../modalities/sniff.ts'
import { isText } from '../modalities/text/decode.ts'
import { readBytes, unreadable, type Refusal } from '../modalities/kind.ts'

/** Enough of a file to tell text from other bytes. */
const HEAD_BYTES = 2 ** 16

/** Which modality a file belongs to by what it holds, whatever its name; or a sentence, if to none. */
export async function modalityOf(file: File): Promise<ModalityName | Refusal> {
  const { name } = file
  if (file.size === 0) return { refusal: `“${name}” is empty. Save or download it again.` }
  const head = await readBytes(file, HEAD_BYTES)
  if (head === undefined) return { refusal: unreadable(name) }
  if (soundKind(head.subarray(0, SOUND_HEAD_BYTES)) !== undefined) return 'audio'
  const kind = kindOf(head)
  if (isPicture(kind)) return 'image'
  if (isText(head, name)) return isMisnamed(name) ? { refusal: misnamed(name) } : 'text'
  return { refusal: `“${name}” is ${KINDS[kind]}. Choose images, sound or text.` }
}

/** Names of pictures and sounds: under such a name text is no text that somebody wants to train on. */
const MEDIA_NAME = /\.(png|jpe?g|webp|gif|avif|bmp|wav|mp3|ogg|oga|opus|webm|flac|aac|m4a|mp4)$/i

function isMisnamed(name: string): boolean {
  return MEDIA_NAME.test(name)
}

function misnamed(name: string): string {
  return `“${name}” is text, whatever its name says. Rename it to .txt to train on it, or save or download it again.`
}
