import type { Refusal } from '../kind.ts'
import { KINDS, kindOf } from '../sniff.ts'
import { readBytes, type Reading } from './encoding.ts'
import { formatOf, textsOf, type Format } from './formats.ts'
import { cut, passagesOf } from './passages.ts'
import { pauses, type Pause } from './pauses.ts'
import type { Passage } from './samples.ts'

/** Bytes of a file that are read at most. */
export const MOST_BYTES = 5_000_000

const MOST_PASSAGES = 50_000

const EXCERPT_CHARACTERS = 120

/** A person's text, cut into passages. */
export interface DecodedText {
  readonly passages: readonly Passage[]
  /** How it begins. */
  readonly excerpt: string
  /** Characters in all passages together. */
  readonly characters: number
  /** What a person might not expect, as sentences. */
  readonly notices: readonly string[]
}

/** Whether a file is text, by its first bytes. */
export function isText(head: Uint8Array): boolean {
  return kindOf(head) !== 'svg' && readBytes(head, true) !== undefined
}

/**
 * Reads a person's file, or says in a sentence why it cannot be used. Gives way to others from time to time.
 * @param bytes all of it, or its first `MOST_BYTES`
 * @param size bytes of the whole file
 */
export async function decodeText(
  file: string,
  bytes: Uint8Array,
  size: number,
): Promise<DecodedText | Refusal> {
  const pause = pauses()
  const isCut = bytes.length < size
  const reading = readBytes(bytes, isCut)
  if (reading === undefined || isDocument(bytes)) return { refusal: notText(file, bytes) }
  const format = formatOf(file, reading.text)
  await pause()
  const { texts, broken } = await textsOf(format, reading.text, pause)
  const { passages, areAll } = await firstPassages(texts, pause)
  if (passages.length === 0) return { refusal: noText(file, format) }
  const isDamaged = reading.damaged || passages.some((passage) => passage.includes('\ufffd'))
  return {
    passages: passages.map((text, i) => ({
      label: passages.length === 1 ? file : `${file}, ${i + 1}`,
      text,
    })),
    excerpt: excerptOf(passages[0]),
    characters: passages.reduce((sum, { length }) => sum + length, 0),
    notices: noticesOf(file, { encoding: reading.encoding, isDamaged, broken, isCut, areAll }),
  }
}

/** Made of readable characters, but not readable. */
function isDocument(bytes: Uint8Array): boolean {
  return ['pdf', 'rtf'].includes(kindOf(bytes))
}

function notText(file: string, bytes: Uint8Array): string {
  const kind = kindOf(bytes)
  return kind === 'unknown' || kind === 'text'
    ? `“${file}” is not text, or not in an encoding that is known here. Save it as plain text in UTF-8.`
    : `“${file}” is ${KINDS[kind]}, not text. Save or export its text as a .txt file.`
}

function noText(file: string, format: Format): string {
  return {
    plain: `“${file}” has nothing but white space in it. Choose a file with some text.`,
    html: `“${file}” is a page that shows no text by itself. Copy the text from the browser and paste it.`,
    xml: `“${file}” has no text between its tags. Choose a file with some text.`,
    csv: `“${file}” is a table without any text in it. Choose one with a column of text.`,
    json: `“${file}” has no text among its values. Choose a file with some strings in it.`,
  }[format]
}

async function firstPassages(
  texts: readonly string[],
  pause: Pause,
): Promise<{ passages: string[]; areAll: boolean }> {
  const passages: string[] = []
  for await (const passage of passagesOf(texts, pause)) {
    if (passages.length === MOST_PASSAGES) return { passages, areAll: false }
    passages.push(passage.replace(/\p{Surrogate}/gu, '\ufffd'))
  }
  return { passages, areAll: true }
}

function excerptOf(passage: string): string {
  const line = passage.replaceAll('\n', ' ')
  const [start] = cut(line, EXCERPT_CHARACTERS)
  return start.length < line.length ? `${start.trimEnd()}…` : line
}

interface Remarks extends Pick<Reading, 'encoding'> {
  readonly isDamaged: boolean
  readonly broken: boolean
  readonly isCut: boolean
  readonly areAll: boolean
}

function noticesOf(file: string, { encoding, isDamaged, broken, isCut, areAll }: Remarks): string[] {
  const notices: string[] = []
  if (encoding === 'windows-1252')
    notices.push(
      `“${file}” is not in UTF-8, and was read as Western European (Windows-1252). If its letters are wrong, save it as UTF-8.`,
    )
  if (isDamaged)
    notices.push(
      `Some characters of “${file}” are damaged, and are � now. Save it as UTF-8 if it has them right.`,
    )
  if (broken)
    notices.push(
      `A part of “${file}” is not JSON, and was left out. Where a quotation mark is missing, put it in.`,
    )
  if (isCut) notices.push(`“${file}” is long: its first ${MOST_BYTES / 1e6} MB are used.`)
  if (!areAll)
    notices.push(
      `“${file}” has many texts: the first ${MOST_PASSAGES.toLocaleString('en')} passages are used.`,
    )
  return notices
}
