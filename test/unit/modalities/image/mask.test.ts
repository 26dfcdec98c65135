import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../../../src/config/presets.ts'
import { drawMasks, drawBlockMask, type Block } from '../../../../src/modalities/image/mask.ts'
import { Random } from '../../../../src/ops/random.ts'

interface Statistic {
  readonly n: number
  readonly mean: number
  readonly std: number
}

interface Reference {
  readonly params: {
    readonly height: number
    readonly width: number
    readonly num_masking_patches: number
    readonly min_num_patches: number
    readonly max_num_patches: number | null
  }
  readonly draws: number
  readonly masked_fraction: Statistic
  readonly position_mask_probability: number[][]
  readonly horizontal_neighbour_agreement: Statistic
  readonly blocks_per_mask?: Statistic
  readonly block_height?: Statistic
  readonly block_width?: Statistic
  readonly newly_masked_per_block?: Statistic
  readonly masks_stopped_early_fraction?: number
}

const { vision_blockwise: references } = JSON.parse(
  readFileSync('test/parity/golden/mask_stats.json', 'utf8'),
) as { vision_blockwise: Reference[] }

/** A difference of more than this many standard errors happens by chance once in 15,000 statistics. */
const STANDARD_ERRORS = 4

/** With 196 places looked at together, five: once in 10,000 runs. */
const STANDARD_ERRORS_OF_ANY_PLACE = 5

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length

/** Distance between our mean and the reference's, in standard errors of their difference. */
function distance(ours: readonly number[], theirs: Statistic): number {
  const m = mean(ours)
  const variance = mean(ours.map((x) => (x - m) ** 2))
  return Math.abs(m - theirs.mean) / Math.sqrt(variance / ours.length + theirs.std ** 2 / theirs.n)
}

function distanceOfShares(ours: number, theirs: number, draws: number): number {
  const error = Math.sqrt((ours * (1 - ours) + theirs * (1 - theirs)) / draws)
  return error === 0 ? Math.abs(ours - theirs) : Math.abs(ours - theirs) / error
}

function agreement(mask: Uint8Array, rows: number, columns: number): number {
  let equal = 0
  for (let row = 0; row < rows; row++)
    for (let column = 1; column < columns; column++)
      if (mask[row * columns + column] === mask[row * columns + column - 1]) equal += 1
  return equal / (rows * (columns - 1))
}

describe.each(references)(
  'block masks of $params.num_masking_patches on $params.height × $params.width',
  (reference) => {
    const {
      height: rows,
      width: columns,
      num_masking_patches: count,
      min_num_patches: minBlock,
    } = reference.params
    const maxBlock = reference.params.max_num_patches ?? count
    const random = Random.stream(1, `${rows} ${count}`)
    const drawn = Array.from({ length: reference.draws }, () =>
      drawBlockMask({ rows, columns, count, minBlock, maxBlock }, random),
    )
    const sizes = drawn.map(({ mask }) => mask.reduce((sum, x) => sum + x, 0))
    const blocks = drawn.flatMap(({ blocks }) => blocks)

    test('mask as much as the reference, and never more than asked', () => {
      expect(
        distance(
          sizes.map((size) => size / (rows * columns)),
          reference.masked_fraction,
        ),
      ).toBeLessThan(STANDARD_ERRORS)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(count)
    })

    test('mask each place as often', () => {
      reference.position_mask_probability.flat().forEach((theirs, place) => {
        const ours = drawn.reduce((sum, { mask }) => sum + mask[place], 0) / drawn.length
        expect(distanceOfShares(ours, theirs, drawn.length)).toBeLessThan(STANDARD_ERRORS_OF_ANY_PLACE)
      })
    })

    test('hang together as much', () => {
      const ours = drawn.map(({ mask }) => agreement(mask, rows, columns))
      expect(distance(ours, reference.horizontal_neighbour_agreement)).toBeLessThan(STANDARD_ERRORS)
    })

    const ofBlocks = [
      ['block_height', ({ height }: Block) => height],
      ['block_width', ({ width }: Block) => width],
      ['newly_masked_per_block', ({ added }: Block) => added],
    ] as const

    test.runIf(reference.blocks_per_mask)('are made of the same blocks', () => {
      const perMask = drawn.map(({ blocks }) => blocks.length)
      expect(distance(perMask, reference.blocks_per_mask ?? { n: 0, mean: 0, std: 0 })).toBeLessThan(
        STANDARD_ERRORS,
      )
      for (const [name, pick] of ofBlocks) {
        const theirs = reference[name]
        if (theirs) expect(distance(blocks.map(pick), theirs), name).toBeLessThan(STANDARD_ERRORS)
      }
    })

    test.runIf(reference.masks_stopped_early_fraction)('stop early as often', () => {
      const ours = sizes.filter((size) => size < count).length / sizes.length
      const theirs = reference.masks_stopped_early_fraction ?? 0
      expect(distanceOfShares(ours, theirs, drawn.length)).toBeLessThan(STANDARD_ERRORS)
    })
  },
)

describe('the mask of an image', () => {
  test('always hides something and always shows something', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.integer({ min: 1, max: 64 }),
        fc.constantFrom(2, 4, 8),
        fc.integer(),
        (maskRatio, maskMinBlock, perSide, seed) => {
          const config = {
            ...resolveConfig('image', 'small', { method: '1' }),
            imageSize: 4 * perSide,
            patchSize: 4,
            maskRatio,
            maskMinBlock,
          }
          const { mask } = drawMasks(
            config,
            { lengths: [perSide ** 2], input: new Float32Array() },
            Random.stream(seed >>> 0, 'mask'),
          )
          const masked = mask.reduce((sum, x) => sum + x, 0)
          expect(mask).toHaveLength(perSide ** 2)
          expect(masked).toBeGreaterThan(0)
          expect(masked).toBeLessThan(perSide ** 2)
        },
      ),
    )
  })
})
