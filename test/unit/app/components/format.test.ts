import { expect, test } from 'vitest'
import {
  describeValue,
  formatClock,
  formatDecay,
  formatDuration,
  formatKept,
  formatNumber,
  formatRoughly,
} from '../../../../src/app/components/format.ts'
import { FIELDS } from '../../../../src/config/schema.ts'

test.each([
  [0.11283, '0.113'],
  [9.8, '9.80'],
  [100, '100'],
  [12345.6, '12,300'],
  [999.7, '1,000'],
  [0, '0'],
  [-0.5, '−0.500'],
  [3.21e-7, '3.2 × 10⁻⁷'],
  [NaN, '–'],
  [Infinity, '∞'],
])('%d reads %s', (value, text) => {
  expect(formatNumber(value)).toBe(text)
})

test.each([
  [0.99, '0.990', '99.0 %'],
  [0.9981, '0.9981', '99.81 %'],
  [0.9998, '0.99980', '99.980 %'],
  [0.99999, '0.999990', '99.9990 %'],
  [1, '1.000', '100.0 %'],
  [0, '0.000', '0.0 %'],
  [NaN, '–', '–'],
])('τ = %d reads %s and keeps %s', (tau, text, kept) => {
  expect(formatDecay(tau)).toBe(text)
  expect(formatKept(tau)).toBe(kept)
})

test.each([
  [0.84, '0.8 s'],
  [9.97, '10 s'],
  [59.6, '1:00'],
  [185, '3:05'],
  [3723, '1:02:03'],
])('%d seconds read %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

test.each([
  [0.2, '1 s'],
  [59.4, '59 s'],
  [60, '1 min'],
  [3569, '59 min'],
  [3571, '1 h'],
  [4210, '1 h 10 min'],
  [3_600_000, '1,000 h'],
])('%d seconds read roughly %s', (seconds, text) => {
  expect(formatRoughly(seconds)).toBe(text)
})

test('a clock shows whole seconds that have passed', () => {
  expect(formatClock(59.9)).toBe('0:59')
})

test('a value is described with its unit, its label or as on and off', () => {
  expect(describeValue(FIELDS.width, 128)).toBe('128 channels')
  expect(describeValue(FIELDS.maskRatio, 0.6)).toBe('0.6')
  expect(describeValue(FIELDS.positions, 'sincos')).toBe('Fixed sine and cosine')
  expect(describeValue(FIELDS.flip, true)).toBe('On')
})
