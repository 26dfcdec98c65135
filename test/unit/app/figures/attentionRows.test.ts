import { expect, test } from 'vitest'
import {
  attentionRow,
  headOf,
  largestOf,
  percent,
  shadesOf,
} from '../../../../src/app/figures/attentionRows.ts'

// Two heads, two tokens.
const weights = Float32Array.of(1, 0, 0.5, 0.5, 0.25, 0.75, 0, 1)
const attention = { heads: 2 }

test('a row is what one token gives to each, in one head or in the mean of all', () => {
  expect([...attentionRow(weights, attention, 0, 1)]).toEqual([0.5, 0.5])
  expect([...attentionRow(weights, attention, 1, 0)]).toEqual([0.25, 0.75])
  expect([...attentionRow(weights, attention, 'mean', 0)]).toEqual([0.625, 0.375])
})

test('a head that the network does not have gives way to the mean', () => {
  expect(headOf(1, attention)).toBe(1)
  expect(headOf(2, attention)).toBe('mean')
  expect(headOf('mean', attention)).toBe('mean')
})

test('equal shares have equal colours in both networks', () => {
  const [one, other] = [Float32Array.of(0.5, 0.25), Float32Array.of(0.25, 0)]
  const full = largestOf(one, other)
  const strength = (shares: Float32Array, token: number) => shadesOf(shares, [1, 2, 3], full)[4 * token + 3]
  expect([...shadesOf(one, [1, 2, 3], full).subarray(0, 3)]).toEqual([1, 2, 3])
  expect(strength(one, 1)).toBe(strength(other, 0))
  expect(strength(one, 0)).toBeGreaterThan(strength(one, 1))
  expect(strength(other, 1)).toBe(0)
})

test.each([
  [0.342, '34 %'],
  [1, '100 %'],
  [0.0625, '6.3 %'],
  [0, '0.0 %'],
])('%d is %s', (share, words) => {
  expect(percent(share)).toBe(words)
})
