import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clipSamples } from '../../../../src/config/audio.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import { clipTokens } from '../../../../src/config/audio.ts'
import { drawMasks, drawSpanMasks } from '../../../../src/modalities/audio/mask.ts'
import { Random } from '../../../../src/ops/random.ts'

interface Statistic {
  readonly mean: number
}

interface Reference {
  readonly version: string
  readonly params: {
    readonly B: number
    readonly T: number
    readonly p: number
    readonly L: number
    readonly same?: boolean
    readonly min_masks?: number
    readonly pads?: readonly number[]
    readonly add?: boolean
    readonly drop?: number
    readonly kind?: string
  }
  readonly batches: number
  readonly masked_fraction: Statistic
  readonly runs_per_row: Statistic
  readonly position_mask_probability: readonly number[]
}

const { audio_compute_mask_indices: all } = JSON.parse(
  readFileSync('test/parity/golden/mask_stats.json', 'utf8'),
) as { audio_compute_mask_indices: Reference[] }

/** Spans of one length that may overlap, and no frames added or dropped afterwards. */
const references = all.filter(
  ({ version, params: { add, drop, kind } }) => version.startsWith('HEAD') && !add && !drop && !kind,
)

/** A difference of more than this many standard errors happens by chance once in 15,000 statistics. */
const STANDARD_ERRORS = 4

/** With some hundred places looked at together, five: once in thousands of runs. */
const STANDARD_ERRORS_OF_ANY_PLACE = 5

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length

/**
 * Distance between our mean and the reference's, in standard errors of their difference. One value a batch, because
 * rows of a batch depend on one another; the reference drew as many batches, so its error is taken to be ours.
 */
function distance(ours: readonly number[], theirs: number): number {
  const m = mean(ours)
  const variance = mean(ours.map((x) => (x - m) ** 2))
  return Math.abs(m - theirs) / Math.sqrt((2 * variance) / ours.length)
}

function distanceOfShares(ours: number, theirs: number, draws: number): number {
  const error = Math.sqrt((ours * (1 - ours) + theirs * (1 - theirs)) / draws)
  return error === 0 ? Math.abs(ours - theirs) : Math.abs(ours - theirs) / error
}

const sum = (row: Uint8Array) => row.reduce((total, x) => total + x, 0)

/** Maximal runs of masked tokens. */
const runsOf = (row: Uint8Array) => row.filter((x, i) => x === 1 && row[i - 1] !== 1).length

function rowsOf(mask: Uint8Array, tokens: number): Uint8Array[] {
  return Array.from({ length: mask.length / tokens }, (_, i) => mask.subarray(i * tokens, (i + 1) * tokens))
}

test('the reference has settings of each kind', () => {
  expect(references.some(({ params }) => params.same)).toBe(true)
  expect(references.some(({ params }) => params.pads)).toBe(true)
  expect(references.some(({ params }) => params.min_masks)).toBe(true)
  expect(references.length).toBeGreaterThanOrEqual(8)
})

describe.each(references)('span masks with $params', ({ params, batches, ...reference }) => {
  const { B, T: tokens, p: ratio, L: span, same = false, min_masks: minSpans = 0, pads } = params
  const lengths = Array.from({ length: B }, (_, i) => tokens - (pads?.[i] ?? 0))
  const random = Random.stream(1, JSON.stringify(params))
  const options = { tokens, lengths, ratio, span, minSpans, sameCount: same }
  const drawn = Array.from({ length: batches }, () => rowsOf(drawSpanMasks(options, random), tokens))

  test('mask as much as the reference, in as many runs', () => {
    const fractions = drawn.map((rows) => mean(rows.map((row) => sum(row) / tokens)))
    expect(distance(fractions, reference.masked_fraction.mean)).toBeLessThan(STANDARD_ERRORS)
    const runs = drawn.map((rows) => mean(rows.map(runsOf)))
    expect(distance(runs, reference.runs_per_row.mean)).toBeLessThan(STANDARD_ERRORS)
  })

  test('mask each place as often', () => {
    const rows = drawn.flat()
    reference.position_mask_probability.forEach((theirs, place) => {
      const ours = rows.reduce((total, row) => total + row[place], 0) / rows.length
      expect(distanceOfShares(ours, theirs, rows.length)).toBeLessThan(STANDARD_ERRORS_OF_ANY_PLACE)
    })
  })

  test('never mask the last frame, nor padding', () => {
    for (const rows of drawn)
      rows.forEach((row, i) => expect(row.subarray(lengths[i] - 1).includes(1)).toBe(false))
  })

  test.runIf(same)('mask equally many frames in all rows of a batch', () => {
    for (const rows of drawn) expect(new Set(rows.map(sum)).size).toBe(1)
  })
})

describe('a row that is shorter than a span', () => {
  test('begins it at the first or second token, and uncovers one where all would be masked', () => {
    const options = { tokens: 6, lengths: [5], ratio: 0.5, span: 10, minSpans: 1, sameCount: false }
    const random = Random.stream(1, 'short')
    const rows = Array.from({ length: 2000 }, () => drawSpanMasks(options, random))
    for (const row of rows) {
      expect(sum(row)).toBe(4)
      expect(row[5]).toBe(0)
    }
    // Half of the spans begin at 1; a fifth of the others have token 0 uncovered: 0.6, σ = 0.011.
    const firstUncovered = rows.filter((row) => row[0] === 0).length / rows.length
    expect(Math.abs(firstUncovered - 0.6)).toBeLessThan(0.044)
  })
})

describe('the masks of a batch of clips', () => {
  const base = resolveConfig('audio', 'small')
  const tokens = clipTokens(base)

  test('always hide something and show something, of real tokens only', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 2, max: tokens }), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        fc.nat(),
        (lengths, maskRatio, maskSpan, maskSameCount, seed) => {
          const config = { ...base, maskRatio, maskSpan, maskSameCount }
          const request = { lengths, input: new Float32Array(0) }
          const { mask, seen } = drawMasks(config, request, Random.stream(seed, 'mask'))
          const rows = rowsOf(mask, tokens)
          expect(seen).toBeUndefined()
          expect(rows).toHaveLength(lengths.length)
          rows.forEach((row, i) => {
            expect(sum(row)).toBeGreaterThan(0)
            expect(sum(row)).toBeLessThan(lengths[i])
            expect(sum(row.subarray(lengths[i]))).toBe(0)
          })
          if (maskSameCount) expect(new Set(rows.map(sum)).size).toBe(1)
        },
      ),
    )
  })

  test('are as long as the front end has tokens', () => {
    const config = { ...base, frontEnd: 'waveform' } as const
    const request = { lengths: [40, 49], input: new Float32Array(2 * clipSamples(config)) }
    expect(drawMasks(config, request, Random.stream(1, 'mask')).mask).toHaveLength(2 * 49)
  })
})
