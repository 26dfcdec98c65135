import { betweenOneAndAllButOne, drawEvenly } from '../evenMask.ts'
import type { Random } from '../../ops/random.ts'

/**
 * data2vec 2.0's mask for text (spec §7): any tokens of a passage, padding as well as others, of which ⌊T · (1 − R)⌋
 * are left.
 * @param ratio share that is masked, R
 * @returns `[tokens]`, 1 is masked
 */
export function drawEvenTokens(tokens: number, ratio: number, random: Random): Uint8Array {
  const visible = betweenOneAndAllButOne(Math.floor(tokens * (1 - ratio)), tokens)
  return drawEvenly(tokens, visible, random).map((mark) => 1 - mark)
}
