import { expect, test } from 'vitest'
import {
  describeBatches,
  describeDifference,
  describeDiffering,
  differenceOf,
} from '../../../../src/app/runs/besideWords.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'

const losses = (...values: number[]) => ({
  step: Float64Array.from(values, (_, i) => i + 1),
  loss: Float64Array.from(values),
  length: values.length,
})

test('losses differ by their means over the latest steps that both have made', () => {
  expect(differenceOf(losses(1, 2), losses())).toBeUndefined()
  expect(differenceOf(losses(1, 2, 9), losses(2, 4))).toEqual({ step: 2, meant: 2, here: 1.5, there: 3 })
  const without2 = { step: Float64Array.of(1, 3, 4), loss: Float64Array.of(1, 5, 7), length: 3 }
  expect(differenceOf(without2, losses(1, 2, 3))).toEqual({ step: 3, meant: 2, here: 3, there: 2.5 })
  const long = losses(...Array.from({ length: 60 }, (_, i) => (i < 10 ? 100 : 1)))
  expect(differenceOf(long, long)).toEqual({ step: 60, meant: 50, here: 1, there: 1 })
})

test('a difference says which way it goes, and of what', () => {
  expect(describeDifference({ step: 1412, meant: 50, here: 0.11, there: 0.125 }, 'A')).toBe(
    'After step 1,412 the loss is 0.0150 below that of A (0.110 and 0.125, means of 50 steps).',
  )
  expect(describeDifference({ step: 1, meant: 1, here: 2, there: 1 }, 'B')).toBe(
    'After step 1 the loss is 1.00 above that of B (2.00 and 1.00).',
  )
  expect(describeDifference({ step: 1, meant: 1, here: 2, there: 2 }, 'A')).toContain('equal to that of A')
})

test('settings that differ are named with both values, and those that change nothing are not', () => {
  const there = resolveConfig('image', 'tiny')
  const here = resolveConfig('image', 'tiny', { lr: 0.0001, views: 8 })
  expect(describeDiffering(here, there)).toEqual([`Learning rate: 0.0001 here, ${there.lr} there.`])
  expect(describeBatches('image', here, there)).toBe('on the same batches')
  expect(describeBatches('image', { ...here, batchSize: 4 }, there)).toBe(
    'on the same images in the same order, in batches of other sizes',
  )
})
