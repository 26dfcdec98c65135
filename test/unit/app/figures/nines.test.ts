import { describe, expect, it } from 'vitest'
import { nines, ninesRange, ninesTicks, tauAtNines } from '../../../../src/app/figures/nines.ts'

describe('nines', () => {
  it.each([
    [0, 0],
    [0.9, 1],
    [0.99, 2],
    [0.9999, 4],
    [0.99999, 5],
  ])('τ = %d is mark %d, and back', (tau, mark) => {
    expect(nines(tau)).toBeCloseTo(mark, 9)
    expect(tauAtNines(mark)).toBe(tau)
  })

  it('gives a frozen teacher a mark of its own', () => {
    expect(nines(1)).toBeGreaterThan(nines(0.99999))
    expect(tauAtNines(nines(1))).toBe(1)
  })
})

describe('ninesRange', () => {
  it.each([
    [
      [0.99, 0.999],
      [2, 3],
    ],
    [
      [0.995, 0.9995],
      [2, 4],
    ],
    [
      [0.9, 0.9],
      [0, 2],
    ],
    [
      [0, 0],
      [0, 1],
    ],
    [
      [1, 1],
      [5, 6],
    ],
  ])('around %o is %o', (taus, range) => expect(ninesRange(taus)).toEqual(range))
})

describe('ninesTicks', () => {
  it.each([
    [
      [2, 3],
      [0.99, 0.995, 0.998, 0.999],
    ],
    [
      [2, 4],
      [0.99, 0.999, 0.9999],
    ],
    [
      [0, 1],
      [0, 0.5, 0.8, 0.9],
    ],
    [
      [5, 6],
      [0.99999, 1],
    ],
    [
      [0, 6],
      [0, 0.9, 0.99, 0.999, 0.9999, 0.99999, 1],
    ],
  ] as const)('within %o names %o', (range, taus) => {
    expect(ninesTicks(range).map(tauAtNines)).toEqual(taus)
  })
})
