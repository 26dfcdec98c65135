import { expect, test } from 'vitest'
import { describeFeatures, describeRatio, presetTitle } from '../../../../src/app/gpu/words.ts'

test('what a GPU has and lacks is said in a sentence', () => {
  expect(describeFeatures({ subgroups: true, 'timestamp-query': false })).toBe(
    'has subgroups and cannot time its kernels.',
  )
  expect(describeFeatures({ 'timestamp-query': true })).toBe('has no subgroups and can time its kernels.')
})

test('the same step elsewhere is told in milliseconds and in times', () => {
  expect(describeRatio(10, 125)).toBe('125 (× 12.5)')
  expect(describeRatio(10, null)).toBe('–')
})

test('presets have the names of the form', () => {
  expect(presetTitle('small')).toBe('Small')
})
