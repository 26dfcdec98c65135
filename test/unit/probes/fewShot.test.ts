import { describe, expect, test } from 'vitest'
import type { Features } from '../../../src/probes/features.ts'
import { findAlike } from '../../../src/probes/fewShot.ts'
import { Random } from '../../../src/ops/random.ts'

const WIDTH = 8
const OF_SET = 40

/** Rows around one of two centres: 40 of a set, then 6 of a new thing, then 4 more of the set. */
function clouds(): Features {
  const random = Random.stream(3, 'clouds')
  const isNew = (row: number) => row >= OF_SET && row < OF_SET + 6
  const count = OF_SET + 10
  const values = Float32Array.from({ length: count * WIDTH }, (_, i) => {
    const row = Math.floor(i / WIDTH)
    const centre = i % WIDTH < 4 === isNew(row) ? 4 : 0
    return centre + random.normal()
  })
  return { count, width: WIDTH, values }
}

const rows = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i)
const NEW = rows(OF_SET, 6)
const others = rows(0, OF_SET)
const asked = rows(0, OF_SET + 10)

describe('from a few examples', () => {
  const features = clouds()

  test('more of the same is found first, and surely, and nothing else is', () => {
    const matches = findAlike(features, { examples: NEW.slice(0, 3), others, asked })
    expect(new Set(matches.slice(0, 3).map(({ row }) => row))).toEqual(new Set(NEW.slice(3)))
    for (const { confidence } of matches.slice(0, 3)) expect(confidence).toBeGreaterThan(0.9)
    for (const { confidence } of matches.slice(3)) expect(confidence).toBeLessThan(0.5)
  })

  test('even one is enough where things are far apart', () => {
    const matches = findAlike(features, { examples: [NEW[0]], others, asked })
    expect(new Set(matches.slice(0, 5).map(({ row }) => row))).toEqual(new Set(NEW.slice(1)))
  })

  test('the examples themselves are not found again', () => {
    const matches = findAlike(features, { examples: NEW, others, asked })
    expect(matches).toHaveLength(asked.length - NEW.length)
    expect(matches.some(({ row }) => NEW.includes(row))).toBe(false)
  })

  test('a row that is one of the others does not speak for itself', () => {
    const lone = { count: 3, width: 2, values: Float32Array.of(1, 0, 0.9, 0.1, -1, 1) }
    const [match] = findAlike(lone, { examples: [0], others: [1, 2], asked: [1] })
    expect(match.confidence).toBeGreaterThan(0.99)
  })

  test('an example from among the others does not speak against itself', () => {
    const confidenceOf = (some: readonly number[]) =>
      findAlike(features, { examples: [0], others: some, asked: [1] })[0].confidence
    expect(confidenceOf([0, ...NEW])).toBe(confidenceOf(NEW))
  })

  test('it does not matter against how many others they stand', () => {
    const confidenceOf = (...some: number[]) =>
      findAlike(features, { examples: NEW.slice(0, 2), others: some, asked: [NEW[4]] })[0].confidence
    expect(confidenceOf(...others)).toBeCloseTo(confidenceOf(...others.slice(0, 20)), 1)
  })
})
