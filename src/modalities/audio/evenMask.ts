import { betweenOneAndAllButOne, drawEvenBlocks } from '../evenMask.ts'
import type { Random } from '../../ops/random.ts'

export interface EvenSpanMask {
  /** Tokens of a clip. */
  readonly tokens: number
  /** Share of them that is masked, R. */
  readonly ratio: number
  /** How much more of the clip the spans would cover if none overlapped, A. */
  readonly surplus: number
  /** Tokens of a span, b. */
  readonly span: number
}

/**
 * data2vec 2.0's span mask for audio (spec §7): spans around random centres, cut at the ends, then single tokens more
 * or fewer until exactly ⌊T · R⌋ are masked.
 * @returns `[tokens]`, 1 is masked
 */
export function drawEvenSpans({ tokens, ratio, surplus, span }: EvenSpanMask, random: Random): Uint8Array {
  const count = maskedFrames(tokens, ratio)
  const draws = Math.max(1, Math.floor((tokens * (ratio + surplus)) / span))
  return drawEvenBlocks({ rows: 1, columns: tokens, draws, side: span, count }, random)
}

/** Tokens of each view that are masked, ⌊T · R⌋. */
export function maskedFrames(tokens: number, ratio: number): number {
  return betweenOneAndAllButOne(Math.floor(tokens * ratio), tokens)
}
