import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NumberField } from '../../../../src/config/fields.ts'
import { FIELD_NAMES, fieldOf } from '../../../../src/config/schema.ts'
import { notches, nudge, toPosition, toValue } from '../../../../src/app/components/scale.ts'

const numbers = FIELD_NAMES.map((name) => [name, fieldOf(name)] as const).filter(
  (entry): entry is readonly [(typeof entry)[0], NumberField] => entry[1].kind === 'number',
)
const withSlider = numbers.filter(([, field]) => notches(field) > 0)

describe.each(withSlider)('the slider of %s', (_, field) => {
  test('reaches both ends and every position gives a value that the field allows', () => {
    expect(toValue(field, 0)).toBe(field.min)
    expect(toValue(field, 1)).toBe(field.max)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (position) => {
        const value = toValue(field, position)
        expect(value).toBeGreaterThanOrEqual(field.min)
        expect(value).toBeLessThanOrEqual(field.max)
        if (Number.isInteger(field.step)) expect(Number.isInteger(value)).toBe(true)
      }),
    )
  })

  test('never runs backwards', () => {
    const values = Array.from({ length: 201 }, (_, i) => toValue(field, i / 200))
    expect(values).toEqual(values.toSorted((a, b) => a - b))
  })

  test('shows the default where it is', () => {
    const position = toPosition(field, field.default)
    expect(position).toBeGreaterThanOrEqual(0)
    expect(position).toBeLessThanOrEqual(1)
  })

  test('an arrow key always moves, until the end', () => {
    for (let value = field.min, presses = 0; value < field.max; presses++) {
      const next = nudge(field, value, 1)
      expect(next).toBeGreaterThan(value)
      expect(presses).toBeLessThan(notches(field) + 1)
      value = next
      if (presses > 300) break // enough of a slider with thousands of notches
    }
    expect(nudge(field, field.max, 1)).toBe(field.max)
    expect(nudge(field, field.min, -1)).toBe(field.min)
  })
})

test('τ has as much room between 0.99 and 0.999 as between 0.9 and 0.99', () => {
  const tau = fieldOf('tau')
  if (tau.kind !== 'number') throw new Error('τ is a number')
  const room = (from: number, to: number) => toPosition(tau, to) - toPosition(tau, from)
  expect(room(0.99, 0.999)).toBeCloseTo(room(0.9, 0.99), 10)
})

test('a range too fine for a hand has no slider', () => {
  const seed = fieldOf('seed')
  if (seed.kind !== 'number') throw new Error('the seed is a number')
  expect(notches(seed)).toBe(0)
})
