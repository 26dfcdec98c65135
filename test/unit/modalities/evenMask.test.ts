import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawEvenSpans } from '../../../src/modalities/audio/evenMask.ts'
import { drawInverseBlocks } from '../../../src/modalities/image/evenMask.ts'
import { drawEvenTokens } from '../../../src/modalities/text/evenMask.ts'
import { Random } from '../../../src/ops/random.ts'

interface Statistic {
  readonly n: number
  readonly mean: number
  readonly std: number
}

interface Reference {
  /** L cells, a ratio p, R masks a call. */
  readonly params: { readonly L: number; readonly p: number; readonly adj: number; readonly len: number }
  readonly masked_count_hist: Readonly<Record<string, number>>
}

interface BlockReference extends Reference {
  readonly horizontal_neighbour_agreement: Statistic
  readonly vertical_neighbour_agreement: Statistic
  readonly position_mask_probability: readonly (readonly number[])[]
}

interface RowReference extends Reference {
  readonly runs_per_row: Statistic
  readonly position_mask_probability: readonly number[]
}

const { v2 } = JSON.parse(readFileSync('test/parity/golden/mask_stats.json', 'utf8')) as {
  readonly v2: {
    readonly block_2d: readonly BlockReference[]
    readonly block_1d: readonly RowReference[]
    readonly random: readonly RowReference[]
  }
}

const DRAWS = 5000

/** A difference of more than this many standard errors happens by chance once in 15,000 statistics. */
const STANDARD_ERRORS = 4

/** With some hundred places looked at together, five: once in thousands of runs. */
const STANDARD_ERRORS_OF_ANY_PLACE = 5

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length
const countOf = (mask: Uint8Array) => mask.reduce((sum, x) => sum + x, 0)

/** Distance between our mean and the reference's, in standard errors of their difference. */
function distance(ours: readonly number[], theirs: Statistic): number {
  const m = mean(ours)
  const variance = mean(ours.map((x) => (x - m) ** 2))
  return Math.abs(m - theirs.mean) / Math.sqrt(variance / ours.length + theirs.std ** 2 / theirs.n)
}

function expectSamePlaces(drawn: readonly Uint8Array[], expected: readonly number[]): void {
  expected.forEach((theirs, place) => {
    const ours = mean(drawn.map((mask) => mask[place]))
    const error = Math.sqrt((ours * (1 - ours) + theirs * (1 - theirs)) / DRAWS)
    expect(Math.abs(ours - theirs) / error).toBeLessThan(STANDARD_ERRORS_OF_ANY_PLACE)
  })
}

function expectSameCount(drawn: readonly Uint8Array[], { masked_count_hist }: Reference): void {
  expect([...new Set(drawn.map(countOf))]).toEqual(Object.keys(masked_count_hist).map(Number))
}

function drawMany(draw: (random: Random) => Uint8Array, name: string): Uint8Array[] {
  const random = Random.stream(1, name)
  return Array.from({ length: DRAWS }, () => draw(random))
}

describe.each(v2.block_2d)('inverse blocks with $params', ({ params, ...reference }) => {
  const side = Math.sqrt(params.L)
  const options = { rows: side, columns: side, ratio: params.p, surplus: params.adj, side: params.len }
  const drawn = drawMany((random) => drawInverseBlocks(options, random), JSON.stringify(params))
  const cells = (across: number, along: number, stepAcross: number, stepAlong: number) =>
    drawn.map((mask) => {
      let equal = 0
      for (let i = 0; i < across; i++)
        for (let j = 1; j < along; j++)
          if (mask[i * stepAcross + j * stepAlong] === mask[i * stepAcross + (j - 1) * stepAlong]) equal += 1
      return equal / (across * (along - 1))
    })

  test('mask exactly as many patches as the reference', () =>
    expectSameCount(drawn, { params, ...reference }))

  test('mask each place as often', () => expectSamePlaces(drawn, reference.position_mask_probability.flat()))

  test('hang together as much', () => {
    expect(distance(cells(side, side, side, 1), reference.horizontal_neighbour_agreement)).toBeLessThan(
      STANDARD_ERRORS,
    )
    expect(distance(cells(side, side, 1, side), reference.vertical_neighbour_agreement)).toBeLessThan(
      STANDARD_ERRORS,
    )
  })
})

/** Maximal runs of masked tokens. */
const runsOf = (row: Uint8Array) => row.filter((x, i) => x === 1 && row[i - 1] !== 1).length

describe.each([
  ...v2.block_1d.map((reference) => ({
    ...reference,
    name: 'spans',
    draw: ({ L: tokens, p: ratio, adj: surplus, len: span }: Reference['params'], random: Random) =>
      drawEvenSpans({ tokens, ratio, surplus, span }, random),
  })),
  ...v2.random.map((reference) => ({
    ...reference,
    name: 'single tokens',
    draw: ({ L: contextTokens, p: maskRatio }: Reference['params'], random: Random) =>
      drawEvenTokens({ contextTokens, maskRatio, maskSpan: 1, maskSurplus: 0 }, random),
  })),
])('$name with $params', ({ params, draw, ...reference }) => {
  const drawn = drawMany((random) => draw(params, random), JSON.stringify(params))

  test('mask exactly as many tokens as the reference', () => expectSameCount(drawn, { params, ...reference }))

  test('mask each place as often', () => expectSamePlaces(drawn, reference.position_mask_probability))

  test('come in as many runs', () =>
    expect(distance(drawn.map(runsOf), reference.runs_per_row)).toBeLessThan(STANDARD_ERRORS))
})

test('whatever is asked for, something is masked and something is seen, equally much in all masks', () => {
  const settings = fc.record({
    side: fc.integer({ min: 2, max: 9 }),
    ratio: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    surplus: fc.double({ min: 0, max: 0.3, noNaN: true }),
    block: fc.integer({ min: 1, max: 12 }),
    seed: fc.nat(),
  })
  fc.assert(
    fc.property(settings, ({ side, ratio, surplus, block, seed }) => {
      const random = Random.stream(seed, 'any')
      const tokens = side * side
      const draws = [
        () => drawInverseBlocks({ rows: side, columns: side, ratio, surplus, side: block }, random),
        () => drawEvenSpans({ tokens, ratio, surplus, span: block }, random),
        () =>
          drawEvenTokens(
            { contextTokens: tokens, maskRatio: ratio, maskSpan: block, maskSurplus: surplus },
            random,
          ),
      ]
      for (const draw of draws) {
        const counts = [draw(), draw(), draw()].map(countOf)
        expect(new Set(counts).size).toBe(1)
        expect(counts[0]).toBeGreaterThan(0)
        expect(counts[0]).toBeLessThan(tokens)
      }
    }),
  )
})
