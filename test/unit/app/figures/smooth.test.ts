import { describe, expect, it } from 'vitest'
import { smooth } from '../../../../src/app/figures/smooth.ts'

describe('smooth', () => {
  it('leaves a constant as it is from the first value on', () => {
    for (const value of smooth([0.5, 0.5, 0.5, 0.5], 4, 10)) expect(value).toBeCloseTo(0.5, 12)
  })

  it('halves the weight of a value after its half-life', () => {
    const step = [...new Array<number>(1000).fill(1), ...new Array<number>(10).fill(0)]
    expect(smooth(step, step.length, 10)[1009]).toBeCloseTo(0.5, 12)
  })

  it('starts at the first value and goes on over gaps', () => {
    const [none, first, gap] = smooth([NaN, 2, NaN], 3, 5)
    expect(none).toBeNaN()
    expect(first).toBe(2)
    expect(gap).toBe(2)
  })

  it('reads only the first `length` values', () => {
    expect(smooth(new Float64Array(64), 3, 5)).toHaveLength(3)
  })
})
