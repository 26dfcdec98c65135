import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extremeIndices } from '../../../../src/app/figures/downsample.ts'

const series = fc.array(fc.oneof(fc.float({ noNaN: false }), fc.constant(NaN)), { maxLength: 3000 })
const limits = fc.integer({ min: 10, max: 500 })

describe('extremeIndices', () => {
  it('keeps every value while they fit', () => {
    expect(extremeIndices([3, 1, 2], 3, 500)).toEqual([0, 1, 2])
  })

  it('reads only the first `length` values: a column is longer than its content', () => {
    expect(extremeIndices(new Float64Array(1024), 2, 500)).toEqual([0, 1])
  })

  it('never gives more than the limit, in rising order', () => {
    fc.assert(
      fc.property(series, limits, (values, limit) => {
        const indices = extremeIndices(values, values.length, limit)
        expect(indices.length).toBeLessThanOrEqual(limit)
        expect(indices).toEqual([...new Set(indices)].sort((a, b) => a - b))
      }),
    )
  })

  it('keeps the lowest, the highest and the last value, and leaves out what is not finite', () => {
    fc.assert(
      fc.property(series, limits, (values, limit) => {
        const kept = extremeIndices(values, values.length, limit).map((i) => values[i])
        const finite = values.filter(Number.isFinite)
        expect(kept.every(Number.isFinite)).toBe(true)
        if (finite.length === 0) return
        expect(Math.min(...kept)).toBe(Math.min(...finite))
        expect(Math.max(...kept)).toBe(Math.max(...finite))
        if (Number.isFinite(values.at(-1))) expect(kept.at(-1)).toBe(values.at(-1))
      }),
    )
  })

  it('keeps its points when a step is appended, so that the line does not shimmer', () => {
    const values = Array.from({ length: 5000 }, (_, i) => Math.sin(i * 12.9898) * 43758.5453)
    const before = extremeIndices(values, 4100, 500)
    const after = extremeIndices(values, 4101, 500)
    const settled = before.filter((i) => i < 4096)
    expect(after.slice(0, settled.length)).toEqual(settled)
  })
})
