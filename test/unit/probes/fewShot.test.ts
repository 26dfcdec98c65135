import { describe, expect, test } from 'vitest'
import type { Features } from '../../../src/probes/features.ts'
import { findAlike } from '../../../src/probes/fewShot.ts'
import { nearest, unitRows } from '../../../src/probes/nearest.ts'
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
const set = rows(0, OF_SET)
const REST = rows(OF_SET + 6, 4)

describe('from a few examples', () => {
  const features = clouds()

  test('more of the same is found first, and surely, and nothing else is', () => {
    const { gathered, set: ofSet } = findAlike(features, {
      examples: NEW.slice(0, 3),
      counterexamples: [],
      set,
      gathered: [...REST, ...NEW],
    })
    expect(new Set(gathered.slice(0, 3).map(({ row }) => row))).toEqual(new Set(NEW.slice(3)))
    for (const { confidence } of gathered.slice(0, 3)) expect(confidence).toBeGreaterThan(0.9)
    for (const { confidence } of [...gathered.slice(3), ...ofSet]) expect(confidence).toBeLessThan(0.5)
    expect(gathered).toHaveLength(3 + REST.length)
    expect(ofSet).toHaveLength(OF_SET)
  })

  test('what is most like a counterexample is no longer found, and what is like the examples still is', () => {
    // Two new things that are near each other, and far from the set.
    const near = {
      count: 8,
      width: 2,
      values: Float32Array.of(-9, 4, -9, -4, 5, 1, 5, 1.1, 5, 0.9, 5, -1, 5, -1.1, 5, -0.9),
    }
    const confidences = (counterexamples: readonly number[]) =>
      new Map(
        findAlike(near, { examples: [2], counterexamples, set: [0, 1], gathered: rows(2, 6) }).gathered.map(
          ({ row, confidence }) => [row, confidence],
        ),
      )
    const [before, after] = [confidences([]), confidences([5])]
    expect([...before.keys()].toSorted()).toEqual([3, 4, 5, 6, 7])
    expect([...after.keys()].toSorted()).toEqual([3, 4, 6, 7])
    for (const like of [3, 4]) expect(after.get(like)).toBeGreaterThan(0.9)
    for (const other of [6, 7]) {
      expect(before.get(other)).toBeGreaterThan(0.5)
      expect(after.get(other)).toBeLessThan(0.1)
    }
  })

  test('even one is enough where things are far apart', () => {
    const { gathered } = findAlike(features, {
      examples: [NEW[0]],
      counterexamples: [],
      set,
      gathered: [...REST, ...NEW],
    })
    expect(new Set(gathered.slice(0, 5).map(({ row }) => row))).toEqual(new Set(NEW.slice(1)))
  })

  test('the examples themselves are not found again', () => {
    const { gathered, set: ofSet } = findAlike(features, {
      examples: [...NEW, 4],
      counterexamples: [],
      set,
      gathered: NEW,
    })
    expect(gathered).toEqual([])
    expect(ofSet.map(({ row }) => row)).not.toContain(4)
  })

  test('a row that is one of the others does not speak against itself', () => {
    const lone = { count: 3, width: 2, values: Float32Array.of(1, 0, 0.9, 0.1, -1, 1) }
    const [match] = findAlike(lone, { examples: [0], counterexamples: [], set: [1, 2], gathered: [] }).set
    expect(match.row).toBe(1)
    expect(match.confidence).toBeGreaterThan(0.99)
  })

  test('an example from among the others does not speak against what is like it', () => {
    const confidenceOf = (some: readonly number[]) =>
      findAlike(features, { examples: [0], counterexamples: [], set: some, gathered: [OF_SET + 7] })
        .gathered[0].confidence
    expect(confidenceOf([0, ...NEW])).toBe(confidenceOf(NEW))
  })

  test('it does not matter against how many others they stand', () => {
    const confidenceOf = (...some: number[]) =>
      findAlike(features, { examples: NEW.slice(0, 2), counterexamples: [], set: some, gathered: [NEW[4]] })
        .gathered[0].confidence
    expect(confidenceOf(...set)).toBeCloseTo(confidenceOf(...set.slice(0, 20)), 1)
  })
})

test('of a large set only those most like the examples are judged', () => {
  const count = 5000
  const random = Random.stream(5, 'large')
  const values = Float32Array.from({ length: count * WIDTH }, () => random.normal())
  const features = { count, width: WIDTH, values }
  const { set: found } = findAlike(features, {
    examples: [0],
    counterexamples: [],
    set: rows(0, count),
    gathered: [],
  })
  expect(found).toHaveLength(200)
  const all = nearest(unitRows(features), unitRows(features), 0, 400).map(({ sample }) => sample)
  expect(found.every(({ row }) => all.includes(row))).toBe(true) // standardised, they are nearly the same
})
