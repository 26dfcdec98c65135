import { describe, expect, it } from 'vitest'
import { smooth } from '../../../../src/app/figures/smooth.ts'

describe('smooth', () => {
  it('leaves a constant as it is from the first value to the last', () => {
    for (const value of smooth([0.5, 0.5, 0.5, 0.5], 4, 10)) expect(value).toBeCloseTo(0.5, 12)
  })

  it('weighs a value half at its half-life, on either side', () => {
    const spike = [...new Array<number>(500).fill(0), 1, ...new Array<number>(500).fill(0)]
    const mean = smooth(spike, spike.length, 10)
    expect(mean[510] / mean[500]).toBeCloseTo(0.5, 12)
    expect(mean[490] / mean[500]).toBeCloseTo(0.5, 12)
  })

  it('does not lag behind a line that falls', () => {
    const line = Array.from({ length: 400 }, (_, i) => 1 - i / 400)
    expect(smooth(line, 400, 8)[200]).toBeCloseTo(line[200], 6)
  })

  it('is the trailing mean at the end', () => {
    const [, , last] = smooth([4, 2, 1], 3, 1)
    expect(last).toBeCloseTo((1 + 2 / 2 + 4 / 4) / (1 + 1 / 2 + 1 / 4), 12)
  })

  it('goes on over gaps and has no value where nothing was measured', () => {
    const [gap] = smooth([NaN, 2], 2, 1)
    expect(gap).toBeCloseTo(2, 12)
    expect(smooth([NaN], 1, 5)[0]).toBeNaN()
  })

  it('reads only the first `length` values', () => {
    expect(smooth(new Float64Array(64), 3, 5)).toHaveLength(3)
    expect(smooth(new Float64Array(64), 0, 5)).toHaveLength(0)
  })
})
