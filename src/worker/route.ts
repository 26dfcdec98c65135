import type { ByModality } from '../config/byModality.ts'
import { MODALITY_NAMES, type ModalityName } from '../config/modalities.ts'
import { readBytes, type Kind, type Refusal } from '../modalities/kind.ts'
import { kindOf, KINDS } from '../modalities/sniff.ts'
import { unreadable } from '../unreadable.ts'

/** Enough of a file to tell text from other bytes. */
const HEAD_BYTES = 2 ** 16

/** Which modality a file belongs to by what it holds, whatever its name; or a sentence, if to none. */
export async function modalityOf(
  file: File,
  kinds: ByModality<Pick<Kind, 'claims'>>,
): Promise<ModalityName | Refusal> {
  const { name } = file
  if (file.size === 0) return { refusal: `“${name}” is empty. Save or download it again.` }
  const head = await readBytes(file, HEAD_BYTES)
  if (head === undefined) return { refusal: unreadable(name) }
  const claims = (one: ModalityName) => kinds[one].claims(head, name)
  const modality = hasControls(head) ? MODALITY_NAMES.find(claims) : TEXT_FIRST.find(claims)
  if (modality === undefined) return { refusal: noKind(name, head) }
  return modality === 'text' && MEDIA_NAME.test(name) ? { refusal: misnamed(name) } : modality
}

/** Text may begin with “GIF89a” or “fLaC” as a picture or a sound does. */
const TEXT_FIRST = MODALITY_NAMES.toSorted((one, other) => Number(other === 'text') - Number(one === 'text'))

const TAB = 9
const CARRIAGE_RETURN = 13
const ESCAPE = 27
const SPACE = 32

/** Whether there are bytes that are no text: pictures and sounds have them from their headers on. */
function hasControls(head: Uint8Array): boolean {
  return head.some((byte) => byte < SPACE && (byte < TAB || byte > CARRIAGE_RETURN) && byte !== ESCAPE)
}

/** Names of pictures and sounds: under such a name text is no text that somebody wants to train on. */
const MEDIA_NAME = /\.(png|jpe?g|webp|gif|avif|bmp|wav|mp3|ogg|oga|opus|webm|flac|aac|m4a|mp4)$/i

/** What it is by its first bytes; a picture or sound in name only is more likely to be a damaged one. */
function noKind(name: string, head: Uint8Array): string {
  const kind = kindOf(head)
  if (kind === 'unknown' && MEDIA_NAME.test(name))
    return `“${name}” does not hold what its name says: it is damaged. Save or download it again.`
  return `“${name}” is ${KINDS[kind]}. Choose images, sound or text.`
}

function misnamed(name: string): string {
  return `“${name}” is text, whatever its name says. Rename it to .txt to train on it, or save or download it again.`
}
