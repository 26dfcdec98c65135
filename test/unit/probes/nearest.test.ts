import { describe, expect, test } from 'vitest'
import type { Features } from '../../../src/probes/features.ts'
import { nearest, unitRows, vote } from '../../../src/probes/nearest.ts'

function features(rows: number[][]): Features {
  return { count: rows.length, width: rows[0].length, values: Float32Array.from(rows.flat()) }
}

describe('nearest', () => {
  const known = unitRows(features([[1, 0], [0, 5], [3, 3], [-2, 0], [0, 0]])) // prettier-ignore
  const asked = unitRows(features([[10, 1]]))

  test('finds rows by their direction and not their length, the most similar first', () => {
    const found = nearest(known, asked, 0, 3)
    expect(found.map(({ sample }) => sample)).toEqual([0, 2, 1])
    expect(found[0].similarity).toBeCloseTo(10 / Math.sqrt(101), 6)
  })

  test('finds as many as there are, a row of zeros as like as one at right angles', () => {
    const found = nearest(known, asked, 0, 9)
    expect(found).toHaveLength(5)
    expect(found[4]).toEqual({ sample: 3, similarity: expect.closeTo(-10 / Math.sqrt(101), 6) as number })
    expect(found.find(({ sample }) => sample === 4)?.similarity).toBe(0)
  })
})

describe('vote', () => {
  const neighbours = [0.9, 0.8, 0.5, 0.4].map((similarity, sample) => ({ sample, similarity }))

  test('goes to the class of most', () => {
    expect(vote(neighbours, [2, 1, 1, 1])).toBe(1)
  })

  test('goes to the more similar where classes have equally many', () => {
    expect(vote(neighbours, [3, 5, 5, 3])).toBe(3)
    expect(vote(neighbours, [5, 5, 3, 3])).toBe(5)
  })
})
