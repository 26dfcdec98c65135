import { betweenOneAndAllButOne, drawEvenBlocks } from '../evenMask.ts'
import type { Random } from '../../ops/random.ts'

export interface EvenImageMask {
  readonly rows: number
  readonly columns: number
  /** Share of the patches that is masked, R. */
  readonly ratio: number
  /** How much more of the image the blocks would cover if none overlapped, A. */
  readonly surplus: number
  /** Patches on a side of a block, b. */
  readonly side: number
}

/**
 * data2vec 2.0's inverse block mask for images (spec §7): the blocks are what the student sees. All masks of one size
 * leave equally many patches, ⌊L · (1 − R)⌋.
 * @returns `[rows · columns]`, 1 is masked
 */
export function drawInverseBlocks(
  { rows, columns, ratio, surplus, side }: EvenImageMask,
  random: Random,
): Uint8Array {
  const patches = rows * columns
  const visible = visiblePatches(patches, ratio)
  const draws = Math.max(1, Math.floor((patches * (1 - ratio + surplus)) / side ** 2))
  const seen = drawEvenBlocks({ rows, columns, draws, side, count: visible }, random)
  return seen.map((mark) => 1 - mark)
}

/** Patches of each view that the student sees, ⌊L · (1 − R)⌋. */
export function visiblePatches(patches: number, ratio: number): number {
  return betweenOneAndAllButOne(Math.floor(patches * (1 - ratio)), patches)
}
