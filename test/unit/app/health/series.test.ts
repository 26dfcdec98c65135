import { expect, test } from 'vitest'
import { joined } from '../../../../src/app/figures/joined.ts'
import { healthLine, metricLine } from '../../../../src/app/health/series.ts'

test('a line holds only the steps at which its metric was measured', () => {
  const length = 10
  const step = Float64Array.from({ length }, (_, i) => i + 1)
  const target_std = step.map((_, i) => (i % 5 === 0 ? 0.9 : NaN))
  expect(metricLine({ step, target_std, length }, 'target_std')).toEqual([
    { at: 1, value: 0.9 },
    { at: 6, value: 0.9 },
  ])
})

test('lines that were measured at different steps are points of one chart, in order', () => {
  const points = joined({
    targets: [
      { at: 1, value: 0.9 },
      { at: 6, value: 0.8 },
    ],
    predictions: [{ at: 6, value: 0.4 }],
    samePlace: healthLine([{ step: 3, position_std: 0.5, effective_rank: 4 }], 'position_std'),
  })
  expect(points).toEqual([
    { at: 1, targets: 0.9 },
    { at: 3, samePlace: 0.5 },
    { at: 6, targets: 0.8, predictions: 0.4 },
  ])
})

test('a long run is thinned, its worst moment kept', () => {
  const healths = Array.from({ length: 5000 }, (_, i) => ({
    step: i,
    position_std: i === 1234 ? 0.01 : 0.5,
    effective_rank: 4,
  }))
  const line = healthLine(healths, 'position_std')
  expect(line.length).toBeLessThanOrEqual(300)
  expect(line).toContainEqual({ at: 1234, value: 0.01 })
})
