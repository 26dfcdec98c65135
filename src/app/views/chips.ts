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

/** In units of the type's size, as text.css sets chips; the gap after each is included. */
const LINE_HEIGHT = 1.66
const chipWidth = (letters: number) => Math.max(1.06, 0.6 * letters + 0.44)

/** Share of a square that chips fill: lines end where the next chip does not fit any more. */
const FILLED = 0.7

const LARGEST = 12

/**
 * Size of the type in which chips fill a square, in percent of its side: all of them fit, and few of them do not become
 * posters.
 */
export function typeSize(chips: readonly Chip[]): number {
  const area = chips.reduce((sum, { text }) => sum + LINE_HEIGHT * chipWidth([...text].length), 0)
  return Math.min(LARGEST, 100 * Math.sqrt(FILLED / area))
}
