import { expect, test } from 'vitest'
import { nearest, unitRows } from '../../../src/probes/nearest.ts'
import { largest, ROWS_AT_ONCE, similarities } from '../../../src/probes/similarities.ts'
import { clusters } from '../../support/clusters.ts'

test('the neighbours of several rows at once are those of each by itself', () => {
  const unit = unitRows(clusters(22, 7, 3)) // 22 is no multiple of the rows at once
  for (let first = 0; first < unit.count; first += ROWS_AT_ONCE) {
    const cosines = similarities(unit, first)
    for (let row = first; row < Math.min(unit.count, first + ROWS_AT_ONCE); row++) {
      const own = cosines.subarray((row - first) * unit.count, (row - first + 1) * unit.count)
      const expected = nearest(unit, unit, row, 5)
      expect(largest(own, 5)).toEqual(expected.map(({ sample }) => sample))
      expect(own[row]).toBeCloseTo(1, 5)
    }
  }
})

test('of equally large numbers the earlier comes first', () => {
  expect(largest(Float32Array.of(1, 3, 2, 3, 3), 3)).toEqual([1, 3, 4])
  expect(largest(Float32Array.of(1, 2), 5)).toEqual([1, 0])
})
