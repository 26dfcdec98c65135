import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spread } from '../../../../src/app/figures/spread.ts'

describe('spread', () => {
  it('leaves labels where they have room', () => expect(spread([80, 20], 14, 0, 100)).toEqual([80, 20]))
  it('pushes close ones apart, in their order', () => expect(spread([52, 50], 14, 0, 100)).toEqual([64, 50]))
  it('makes room at the lower edge of the plot', () =>
    expect(spread([99, 98], 14, 0, 100)).toEqual([100, 86]))

  it('keeps the gap and the bounds whenever they can be kept', () => {
    const positions = fc.array(fc.double({ min: -50, max: 250, noNaN: true }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(positions, (wanted) => {
        const sorted = spread(wanted, 14, 0, 200).sort((a, b) => a - b)
        for (let i = 1; i < sorted.length; i++) expect(sorted[i] - sorted[i - 1]).toBeGreaterThan(13.99)
        expect(sorted[0]).toBeGreaterThanOrEqual(0)
        expect(sorted.at(-1)).toBeLessThanOrEqual(200)
      }),
    )
  })
})
