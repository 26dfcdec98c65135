import type { TextContent } from '../../worker/protocol.ts'

/** A token of text as a person sees it. */
export interface Chip {
  /** With what is invisible made visible. */
  readonly text: string
  /** It stands for something that is no text by itself: the beginning, the end, a part of a letter. */
  readonly isTag: boolean
  /** What the student gets in its place, if that is another token. */
  readonly replacement: string | null
}

export function chipsOf({ pieces, seen }: TextContent): Chip[] {
  return pieces.map((piece, i) => ({
    ...chipOf(piece),
    replacement: seen[i] === piece ? null : chipOf(seen[i]).text,
  }))
}

const TAG = /^‹(.+)›$/su

function chipOf(piece: string): { text: string; isTag: boolean } {
  const tag = TAG.exec(piece)
  return tag === null ? { text: visible(piece), isTag: false } : { text: tag[1], isTag: true }
}

/** Spaces, line breaks and tabs as signs; other white space as an open box, too. */
function visible(piece: string): string {
  return piece.replaceAll('\n', '⏎').replaceAll('\t', '⇥').replaceAll(/\s/gu, '␣')
}

/** What is hidden in a passage that is read aloud. */
const GAP = '…'

/**
 * A passage for a person who cannot see it.
 * @param hidden `[T]`, 1 for each token that the student does not get; null for the passage as the teacher gets it
 */
export function readAloud({ pieces, seen }: TextContent, hidden: Uint8Array | null): string {
  const heard = hidden === null ? pieces : seen.map((piece, i) => (hidden[i] === 1 ? GAP : piece))
  const text = heard.map((piece) => (TAG.test(piece) ? '' : piece)).join('')
  return text.replaceAll(/…+/gu, GAP).trim()
}

/** Widths and heights in units of the type’s size, as text.css sets chips; the gap after each is included. */
const LINE_HEIGHT = 1.66
const LEAST_WIDTH = 1.06
const PADDING = 0.44
const LETTER = 0.6
/** Chinese, Japanese and Korean letters, and emoji. */
const WIDE_LETTER = 1
const WIDE = /[\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60\u{1f000}-\u{3ffff}]/u

/** Share of a square that chips fill: lines end where the next chip does not fit any more. */
const FILLED = 0.7

const LARGEST = 12

/**
 * Size of the type in which chips fill a square, in percent of its side: all of them fit, and few of them do not become
 * posters.
 */
export function typeSize(chips: readonly Chip[]): number {
  const area = chips.reduce((sum, { text }) => sum + LINE_HEIGHT * chipWidth(text), 0)
  return Math.min(LARGEST, 100 * Math.sqrt(FILLED / area))
}

function chipWidth(text: string): number {
  const letters = Array.from(text, (letter) => (WIDE.test(letter) ? WIDE_LETTER : LETTER))
  return Math.max(
    LEAST_WIDTH,
    letters.reduce((sum, width) => sum + width, PADDING),
  )
}
