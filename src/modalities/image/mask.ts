import type { Config } from '../../config/schema.ts'
import { patchesPerSide } from '../../config/image.ts'
import type { Random } from '../../ops/random.ts'
import type { MaskRequest, Masks } from '../modality.ts'
import { drawViews } from '../views.ts'
import { drawInverseBlocks } from './evenMask.ts'

export interface BlockMaskOptions {
  readonly rows: number
  readonly columns: number
  /** Patches to mask, N; a mask may end up with fewer, never with more. */
  readonly count: number
  /** Smallest and largest area of one block, in patches. */
  readonly minBlock: number
  readonly maxBlock: number
}

/** A rectangle of patches, and how many of them it newly masked. */
export interface Block {
  readonly height: number
  readonly width: number
  readonly added: number
}

const MIN_ASPECT = 0.3
const TRIES = 10

/** A mask of rectangular blocks for each image, or of what inverse blocks leave for each of its views. */
export function drawMasks(config: Config, { lengths }: MaskRequest, random: Random): Masks {
  const side = patchesPerSide(config)
  const tokens = side ** 2
  if (config.method === '2') {
    const { maskRatio: ratio, maskSurplus: surplus, maskBlock } = config
    const options = { rows: side, columns: side, ratio, surplus, side: maskBlock }
    return drawViews({ lengths, tokens }, config, () => drawInverseBlocks(options, random), random)
  }
  const mask = new Uint8Array(lengths.length * tokens)
  lengths.forEach((_, i) => mask.set(drawMask(config, random), i * tokens))
  return { mask }
}

/**
 * At least one patch is masked and one is not, so that there is always something to predict and something to see;
 * the reference's sampler alone may mask nothing on a grid this small.
 */
function drawMask(config: Config, random: Random): Uint8Array {
  const side = patchesPerSide(config)
  const tokens = side * side
  const count = Math.min(tokens - 1, Math.max(1, Math.round(config.maskRatio * tokens)))
  const { maskMinBlock: minBlock, maskMaxBlock: maxBlock } = config
  const { mask, blocks } = drawBlockMask({ rows: side, columns: side, count, minBlock, maxBlock }, random)
  if (blocks.length === 0) mask[random.integer(0, tokens - 1)] = 1
  return mask
}

/**
 * BEiT's block-wise mask (spec §4.2): rectangles of random area, aspect ratio and place, until `count` patches are
 * masked or ten tries in a row found no place for another.
 * @returns `mask` `[rows · columns]`, 1 is masked, and the blocks it was made of.
 */
export function drawBlockMask(
  options: BlockMaskOptions,
  random: Random,
): { mask: Uint8Array; blocks: Block[] } {
  const mask = new Uint8Array(options.rows * options.columns)
  const blocks: Block[] = []
  let masked = 0
  while (masked < options.count) {
    const budget = Math.min(options.count - masked, options.maxBlock)
    const block = placeBlock(mask, budget, options, random)
    if (block === undefined) break
    blocks.push(block)
    masked += block.added
  }
  return { mask, blocks }
}

function placeBlock(
  mask: Uint8Array,
  budget: number,
  { rows, columns, minBlock }: BlockMaskOptions,
  random: Random,
): Block | undefined {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    // With a budget below minBlock the interval is reversed, as in the reference.
    const area = between(minBlock, budget, random)
    const aspect = Math.exp(between(Math.log(MIN_ASPECT), -Math.log(MIN_ASPECT), random))
    const height = roundHalfToEven(Math.sqrt(area * aspect))
    const width = roundHalfToEven(Math.sqrt(area / aspect))
    if (height >= rows || width >= columns) continue
    const top = random.integer(0, rows - height)
    const left = random.integer(0, columns - width)
    const places = rectangle(top, left, height, width, columns)
    const added = places.filter((place) => mask[place] === 0)
    if (added.length === 0 || added.length > budget) continue
    for (const place of added) mask[place] = 1
    return { height, width, added: added.length }
  }
  return undefined
}

function rectangle(top: number, left: number, height: number, width: number, columns: number): number[] {
  return Array.from({ length: height * width }, (_, i) => {
    const row = top + Math.floor(i / width)
    return row * columns + left + (i % width)
  })
}

function between(from: number, to: number, random: Random): number {
  return from + (to - from) * random.uniform()
}

/** Python's `round`, which the reference uses: 2.5 becomes 2. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
