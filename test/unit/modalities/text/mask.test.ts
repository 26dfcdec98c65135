import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../../../src/config/presets.ts'
import type { Overrides } from '../../../../src/config/preset.ts'
import { drawMasks, drawTextMask, FATE } from '../../../../src/modalities/text/mask.ts'
import { Random } from '../../../../src/ops/random.ts'

interface Statistic {
  readonly n: number
  readonly mean: number
  readonly std: number
}

interface Spans {
  readonly masked_fraction: Statistic
  readonly run_length_masked: Statistic
}

interface Reference {
  readonly params: {
    readonly T: number
    readonly p: number
    readonly L: number
    readonly keep: number
    readonly rand: number
  }
  readonly selected_positions: Spans & {
    readonly rows: number
    readonly position_mask_probability: number[]
  }
  readonly replaced_by_mask_token: Spans
  readonly of_selected: { readonly random_token_observed: number; readonly kept: number }
  readonly bos_or_eos_masked_per_sequence: number
}

const { text_mask_tokens: references } = JSON.parse(
  readFileSync('test/parity/golden/mask_stats.json', 'utf8'),
) as { text_mask_tokens: Reference[] }

/** A difference of more than this many standard errors happens by chance once in 15,000 statistics. */
const STANDARD_ERRORS = 4

/** With up to 512 places looked at together, five: once in 3,000 runs. */
const STANDARD_ERRORS_OF_ANY_PLACE = 5

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length

function varianceOf(values: readonly number[]): number {
  const m = mean(values)
  return mean(values.map((x) => (x - m) ** 2))
}

/** Distance between our mean and the reference's, in standard errors of their difference. */
function distance(ours: readonly number[], theirs: Statistic): number {
  const error = Math.sqrt(varianceOf(ours) / ours.length + theirs.std ** 2 / theirs.n)
  return Math.abs(mean(ours) - theirs.mean) / error
}

function distanceOfShares(ours: number, theirs: number, draws: number): number {
  const error = Math.sqrt((ours * (1 - ours) + theirs * (1 - theirs)) / draws)
  return error === 0 ? Math.abs(ours - theirs) : Math.abs(ours - theirs) / error
}

/** Lengths of the longest runs of true. */
function runsOf(row: readonly boolean[]): number[] {
  return row
    .map((x) => (x ? 'x' : ' '))
    .join('')
    .split(/ +/)
    .map((run) => run.length)
    .filter((length) => length > 0)
}

describe.each(references)(
  'masks of $params.p of $params.T tokens, in spans of $params.L, $params.keep kept and $params.rand replaced',
  (reference) => {
    const { T: length, p: ratio, L: span, keep, rand: replace } = reference.params
    const { rows } = reference.selected_positions
    const random = Random.stream(1, `${length} ${ratio}`)
    const drawn = Array.from({ length: rows }, () => [
      ...drawTextMask({ length, ratio, span, keep, replace }, random),
    ])
    const chosen = drawn.map((fates) => fates.map((fate) => fate !== FATE.untouched))
    const masked = drawn.map((fates) => fates.map((fate) => fate === FATE.masked))
    const fates = drawn.flat()

    test.each([
      ['choose', chosen, reference.selected_positions],
      ['mask', masked, reference.replaced_by_mask_token],
    ] as const)('%s as much as the reference, in runs of the same length', (_, ours, theirs) => {
      const shares = ours.map((row) => row.filter(Boolean).length / length)
      expect(distance(shares, theirs.masked_fraction)).toBeLessThan(STANDARD_ERRORS)
      expect(distance(ours.flatMap(runsOf), theirs.run_length_masked)).toBeLessThan(STANDARD_ERRORS)
    })

    test('choose each place as often, fewer at the beginning, where fewer spans reach', () => {
      reference.selected_positions.position_mask_probability.forEach((theirs, place) => {
        const ours = chosen.filter((row) => row[place]).length / rows
        expect(distanceOfShares(ours, theirs, rows)).toBeLessThan(STANDARD_ERRORS_OF_ANY_PLACE)
      })
    })

    test('mask the tokens that begin and end a passage, too', () => {
      const ours = masked.map((row) => Number(row[0]) + Number(row[length - 1]))
      const theirs = {
        n: rows,
        mean: reference.bos_or_eos_masked_per_sequence,
        std: Math.sqrt(varianceOf(ours)),
      }
      expect(theirs.mean).toBeGreaterThan(0)
      expect(distance(ours, theirs)).toBeLessThan(STANDARD_ERRORS)
    })

    test('keep and replace as many of the chosen', () => {
      const count = chosen.flat().filter(Boolean).length
      const share = (wanted: number) => fates.filter((fate) => fate === wanted).length / count
      const { kept, random_token_observed: replaced } = reference.of_selected
      expect(distanceOfShares(share(FATE.kept), kept, count)).toBeLessThan(STANDARD_ERRORS)
      expect(distanceOfShares(share(FATE.replaced), replaced, count)).toBeLessThan(STANDARD_ERRORS)
    })
  },
)

describe('the masks of a batch', () => {
  const draw = (overrides: Overrides, lengths: readonly number[], seed = 1) => {
    const config = { ...resolveConfig('text', 'tiny'), contextTokens: 16, ...overrides }
    const input = Float32Array.from({ length: lengths.length * 16 }, (_, i) => i % 256)
    return { input, ...drawMasks(config, { lengths, input }, Random.stream(seed, 'masks')) }
  }

  test('always hide something and show something, and nothing of the padding', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.array(fc.integer({ min: 2, max: 16 }), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (maskRatio, maskSpan, maskKeep, lengths, seed) => {
          const { mask, seen } = draw({ maskRatio, maskSpan, maskKeep, maskRandom: 0 }, lengths, seed)
          expect(seen).toBeUndefined()
          expect(mask).toHaveLength(lengths.length * 16)
          lengths.forEach((length, i) => {
            const row = mask.subarray(i * 16, i * 16 + 16)
            const masked = row.subarray(0, length).reduce((sum, x) => sum + x, 0)
            expect(masked).toBeGreaterThan(0)
            expect(masked).toBeLessThan(length)
            expect(row.subarray(length).every((x) => x === 0)).toBe(true)
          })
        },
      ),
    )
  })

  test('let the student see other plain tokens where some are replaced, and there only', () => {
    const lengths = new Array<number>(200).fill(16)
    const { input, mask, seen } = draw({ maskRatio: 0.5, maskSpan: 1, maskRandom: 0.4 }, lengths)
    const replaced = [...(seen ?? [])].filter((id, i) => id !== input[i])
    expect(seen?.every((id, i) => id === input[i] || mask[i] === 0)).toBe(true)
    expect(replaced.every((id) => Number.isInteger(id) && id >= 0 && id < 256)).toBe(true)
    expect(new Set(replaced).size).toBeGreaterThan(100)
    // 200 × 16 × 0.5 × 0.4 = 640 expected, σ = 20; one of 256 draws the token that was there
    expect(Math.abs(replaced.length - 640 * (255 / 256))).toBeLessThan(4 * 20)
  })
})
