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

/**
 * Size of the type in which chips fill a square, in percent of its side: all of them fit, and few of them do not become
 * posters.
 */
export function typeSize(chips: readonly Chip[]): number {
  // A chip is as wide as its letters and a gap of about one more; a line is about twice as high as its type.
  const letters = chips.reduce((sum, { text }) => sum + [...text].length + 1.1, 0)
  return Math.min(9, 100 / Math.sqrt(1.25 * letters))
}
