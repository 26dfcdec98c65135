import type { Config } from '../../config/schema.ts'
import { betweenOneAndAllButOne, drawEvenBlocks } from '../evenMask.ts'
import type { Random } from '../../ops/random.ts'

type Settings = Pick<Config, 'contextTokens' | 'maskRatio' | 'maskSpan' | 'maskSurplus'>

/**
 * data2vec 2.0's mask for text (spec §7): any tokens of a passage, padding as well as others, of which ⌊T · (1 − R)⌋
 * are left. The reference masks single tokens; spans are drawn as for audio.
 * @returns `[T]`, 1 is masked
 */
export function drawEvenTokens(settings: Settings, random: Random): Uint8Array {
  const { contextTokens: tokens, maskRatio, maskSpan: side, maskSurplus } = settings
  const count = tokens - visibleTokens(settings)
  const draws = Math.max(1, Math.floor((tokens * (maskRatio + maskSurplus)) / side))
  return drawEvenBlocks({ rows: 1, columns: tokens, draws, side, count }, random)
}

/** Tokens of each view that the student sees, ⌊T · (1 − R)⌋. */
export function visibleTokens({
  contextTokens,
  maskRatio,
}: Omit<Settings, 'maskSpan' | 'maskSurplus'>): number {
  return betweenOneAndAllButOne(Math.floor(contextTokens * (1 - maskRatio)), contextTokens)
}
