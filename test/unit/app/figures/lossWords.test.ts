import { expect, it } from 'vitest'
import { describeLosses } from '../../../../src/app/figures/lossWords.ts'

const run = (...losses: readonly number[]) => ({
  step: Float64Array.from(losses, (_, i) => i + 1),
  seconds: Float64Array.from(losses, (_, i) => i + 1),
  loss: Float64Array.from(losses),
  length: losses.length,
})

const images = { name: 'Images', columns: run(1, 1, 1) }
const text = { name: 'Text', columns: run(0.5) }

it('tells of every run that is drawn', () => {
  expect(describeLosses([images, text])).toBe(
    'Images: from 1.00 at step 1 to 1.00 at step 3, smoothed; lowest 1.00. ' +
      'Text: from 0.500 at step 1 to 0.500 at step 1, smoothed; lowest 0.500.',
  )
})

it('tells what there is not', () => {
  expect(describeLosses([])).toBe('No step has been made yet.')
  expect(describeLosses([{ name: 'Images', columns: run(NaN) }])).toContain('no loss that is a number')
})
