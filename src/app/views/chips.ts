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

/** Spaces, line breaks and tabs as signs; other white space as an open box, too, and control characters as a dot. */
function visible(piece: string): string {
  const signs = piece.replaceAll('\n', '⏎').replaceAll('\t', '⇥')
  return signs.replaceAll(/\s/gu, '␣').replaceAll(/\p{Cc}/gu, '·')
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

/** Widths and heights in units of the type’s size, as text.css sets chips. Letters are taken to be rather wide. */
const LETTER = 0.6
/** Chinese, Japanese and Korean letters, and emoji. */
const WIDE_LETTER = 1
const WIDE = /[\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60\u{1f000}-\u{3ffff}]/u
const PADDING = 0.28
const LEAST_WIDTH = 0.97 // most are 0.9, an m is 1.2
const LINE = 1.5
const GAP_BETWEEN = 0.16
const MARGIN = 0.35

/** Percent of the square’s side. The last few are where text.css lets a passage fade out. */
const LARGEST = 12
const SMALLEST = 2
const FILLED = 94

/**
 * Size of the type in which chips fill a square, in percent of its side: all of them fit, and few of them do not become
 * posters.
 */
export function typeSize(chips: readonly Chip[]): number {
  const widths = chips.map(({ text }) => chipWidth(text))
  let size = LARGEST
  while (size > SMALLEST && heightOf(widths, 100 / size) > FILLED / size) size *= 0.97
  return size
}

/** How high chips become that flow in a width. */
function heightOf(widths: readonly number[], width: number): number {
  let lines = 1
  let left = width - 2 * MARGIN
  for (const chip of widths) {
    if (chip > left) {
      lines += 1
      left = width - 2 * MARGIN
    }
    left -= chip + GAP_BETWEEN
  }
  return 2 * MARGIN + lines * (LINE + GAP_BETWEEN) - GAP_BETWEEN
}

function chipWidth(text: string): number {
  const letters = Array.from(text, (letter) => (WIDE.test(letter) ? WIDE_LETTER : LETTER))
  return Math.max(
    LEAST_WIDTH,
    letters.reduce((sum, width) => sum + width, PADDING),
  )
}
