export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export interface Reading {
  readonly text: string
  readonly encoding: Encoding
  /** Whether some of the bytes were no characters, and are U+FFFD now. */
  readonly damaged: boolean
}

/** What stands in the place of bytes that are no character. */
const REPLACEMENT = 0xfffd

/** Bytes in which the zeros of UTF-16 are looked for. */
const SAMPLE_BYTES = 4096

/** Damaged characters for each that tells of an encoding, up to which bytes still count as being in it. */
const MOST_DAMAGED = 0.1

/** Share of control characters up to which something counts as text. */
const MOST_STRANGE = 0.01

/**
 * Bytes as text: in UTF-8 or UTF-16 by a byte order mark, in UTF-16 by its zeros, in UTF-8 if that is what they are,
 * and in Windows-1252, which has all of Latin-1, otherwise.
 * @param cut whether the bytes are only the beginning, so that the last character may be incomplete
 * @returns undefined if they are no text
 */
export function readBytes(bytes: Uint8Array, cut: boolean): Reading | undefined {
  const marked = markOf(bytes)
  if (marked) return decode(bytes, marked, cut)
  const sixteenBit = encodingByZeros(bytes)
  if (sixteenBit) {
    const reading = decode(bytes, sixteenBit, cut)
    return reading && isMostlyReal(reading.text) ? reading : undefined
  }
  const utf8 = decode(bytes, 'utf-8', cut)
  if (utf8 && (!utf8.damaged || isMostlyWhole(utf8.text, bytes))) return utf8
  const western = decode(bytes, 'windows-1252', cut)
  return western && shareOfStrange(western.text) === 0 ? western : undefined
}

function markOf([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/** Spaces, line breaks, digits and Latin letters have a zero as one of their two bytes, always the same one. */
function encodingByZeros(bytes: Uint8Array): Encoding | undefined {
  const zeros = [0, 0]
  bytes.subarray(0, SAMPLE_BYTES).forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] += 1
  })
  const [even, odd] = zeros
  if (even > 0 && odd === 0) return 'utf-16be'
  return odd > 0 && even === 0 ? 'utf-16le' : undefined
}

/** @returns undefined if the text has zeros, or more control characters than text has */
function decode(bytes: Uint8Array, encoding: Encoding, cut: boolean): Reading | undefined {
  const strictly = decodeWith(new TextDecoder(encoding, { fatal: true }), bytes, cut)
  const text = strictly ?? decodeWith(new TextDecoder(encoding), bytes, cut)
  if (text === undefined || text.includes('\0') || shareOfStrange(text) > MOST_STRANGE) return undefined
  return { text, encoding, damaged: strictly === undefined }
}

function decodeWith(decoder: TextDecoder, bytes: Uint8Array, cut: boolean): string | undefined {
  try {
    // The end apart, because Node's short cut for whole texts takes Windows-1252 for Latin-1.
    return decoder.decode(bytes, { stream: true }) + (cut ? '' : decoder.decode())
  } catch {
    return undefined
  }
}

/** Share of control characters other than white space and escape, which begins the colours of a log. */
function shareOfStrange(text: string): number {
  // eslint-disable-next-line no-control-regex -- control characters are what tells other data from text
  const strange = text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]/g)
  return (strange?.length ?? 0) / text.length
}

/**
 * Whether text is UTF-16 all the same, though halves of characters stand alone or characters are newer than this
 * browser: other data with zeros in such places has many that do not exist, and few with a zero byte.
 */
function isMostlyReal(text: string): boolean {
  const unreal = text.match(/[\p{Cn}\ufffd]/gu)?.length ?? 0
  if (unreal === 0) return true
  let telling = 0
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) <= 0xff) telling += 1
  return unreal <= MOST_DAMAGED * telling
}

/** Whether text with damage is UTF-8 all the same: in other encodings, nearly all beyond ASCII looks damaged. */
function isMostlyWhole(text: string, bytes: Uint8Array): boolean {
  let damaged = 0
  let whole = 0
  // By halves of characters, of which a second one is not counted again: a loop over characters takes long.
  for (let i = 0; i < text.length; i++) {
    const half = text.charCodeAt(i)
    if (half === REPLACEMENT) damaged += 1
    else if (half > 0x7f && (half < 0xdc00 || half > 0xdfff)) whole += 1
  }
  return damaged - 3 * loneSurrogates(bytes) <= MOST_DAMAGED * whole
}

/** Halves of characters, written by careless programs, of which UTF-8 allows none: three bytes each. */
function loneSurrogates(bytes: Uint8Array): number {
  let count = 0
  for (let i = 1; i < bytes.length; i++) if (bytes[i - 1] === 0xed && bytes[i] >= 0xa0) count += 1
  return count
}
