import { MODALITY_NAMES, type ModalityName } from '../config/modalities.ts'
import { readBytes, unreadable, type Kind, type Refusal } from '../modalities/kind.ts'
import { kindOf, KINDS } from '../modalities/sniff.ts'

/** Enough of a file to tell text from other bytes. */
const HEAD_BYTES = 2 ** 16

/** Which modality a file belongs to by what it holds, whatever its name; or a sentence, if to none. */
export async function modalityOf(
  file: File,
  kinds: Readonly<Record<ModalityName, Pick<Kind, 'claims'>>>,
): Promise<ModalityName | Refusal> {
  const { name } = file
  if (file.size === 0) return { refusal: `“${name}” is empty. Save or download it again.` }
  const head = await readBytes(file, HEAD_BYTES)
  if (head === undefined) return { refusal: unreadable(name) }
  const modality = MODALITY_NAMES.find((one) => kinds[one].claims(head, name))
  if (modality === undefined)
    return { refusal: `“${name}” is ${KINDS[kindOf(head)]}. Choose images, sound or text.` }
  return kindOf(head) === 'text' && MEDIA_NAME.test(name) ? { refusal: misnamed(name) } : modality
}

/** Names of pictures and sounds: under such a name text is no text that somebody wants to train on. */
const MEDIA_NAME = /\.(png|jpe?g|webp|gif|avif|bmp|wav|mp3|ogg|oga|opus|webm|flac|aac|m4a|mp4)$/i

function misnamed(name: string): string {
  return `“${name}” is text, whatever its name says. Rename it to .txt to train on it, or save or download it again.`
}
