import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linearTicks, logTicks, roundDown, roundUp } from '../../../../src/app/figures/ticks.ts'

describe('linearTicks', () => {
  it.each([
    [0, 600, 4, [0, 200, 400, 600]],
    [0, 86, 3, [0, 20, 40, 60, 80]],
    [0, 1, 2, [0, 0.5, 1]],
    [0.1, 0.32, 3, [0.1, 0.2, 0.3]],
    [0, 10, 5, [0, 2, 4, 6, 8, 10]],
  ])('from %d to %d', (low, high, count, ticks) => expect(linearTicks(low, high, count)).toEqual(ticks))

  it('gives one tick where there is no extent', () => expect(linearTicks(3, 3, 4)).toEqual([3]))
})

describe('logTicks', () => {
  it.each([
    [0.1, 1, 4, [0.1, 0.2, 0.5, 1]],
    [0.08, 1.3, 6, [0.1, 0.2, 0.5, 1]],
    [1e-4, 1, 5, [0.0001, 0.001, 0.01, 0.1, 1]],
    [1e-6, 1, 4, [0.000001, 0.0001, 0.01, 1]],
  ])('from %d to %d', (low, high, count, ticks) => expect(logTicks(low, high, count)).toEqual(ticks))

  it('falls back to a linear reading within less than a digit', () => {
    expect(logTicks(0.31, 0.39, 4)).toEqual([0.32, 0.34, 0.36, 0.38])
  })

  it('stays within the range and does not crowd it', () => {
    const exponent = fc.double({ min: -7, max: 4, noNaN: true })
    fc.assert(
      fc.property(exponent, fc.double({ min: 0.01, max: 6, noNaN: true }), (start, extent) => {
        const [low, high] = [10 ** start, 10 ** (start + extent)]
        const ticks = logTicks(low, high, 5)
        expect(ticks.length).toBeLessThanOrEqual(7)
        expect(ticks.length).toBeGreaterThan(0)
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(low * 0.999)
          expect(tick).toBeLessThanOrEqual(high * 1.001)
        }
      }),
    )
  })
})

describe('roundUp and roundDown', () => {
  it.each([
    [412, 200, 500],
    [0.113, 0.1, 0.2],
    [3e-5, 2e-5, 5e-5],
    [0.9, 0.5, 1],
  ])('%d lies between %d and %d', (value, low, high) => {
    expect(roundDown(value)).toBe(low)
    expect(roundUp(value)).toBe(high)
  })

  it.each([1, 2, 5, 10, 0.2, 5e-5, 2000])('leave %d, which is round', (value) => {
    expect(roundDown(value)).toBe(value)
    expect(roundUp(value)).toBe(value)
  })
})
