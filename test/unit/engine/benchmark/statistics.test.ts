import fc from 'fast-check'
import { expect, test } from 'vitest'
import { growthPower, median, spread } from '../../../../src/engine/benchmark/statistics.ts'

test('the median and the quartiles, between neighbours where they fall between', () => {
  expect(median([5, 1, 3])).toBe(3)
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(spread([1, 2, 3, 4, 5])).toBe(2)
  expect(spread([4, 1, 3, 2])).toBe(1.5)
  expect(median([])).toBeNaN()
})

test('a power is found again, whatever stands before it', () => {
  const size = fc.double({ min: 0.5, max: 100, noNaN: true })
  fc.assert(
    fc.property(fc.double({ min: -3, max: 3, noNaN: true }), size, (power, factor) => {
      const points = [1, 2, 4, 8].map((x) => [x, factor * x ** power] as const)
      expect(growthPower(points)).toBeCloseTo(power, 9)
    }),
  )
})

test('a constant part makes it grow more slowly', () => {
  expect(growthPower([1, 2, 4].map((x) => [x, 10 + x]))).toBeLessThan(0.3)
})
