import { expect, test } from 'vitest'
import { byKernel, meanTimes } from '../../../../src/engine/benchmark/breakdown.ts'

const times = [
  { label: 'Norm', ms: 1 },
  { label: 'Linear', ms: 4 },
  { label: 'Norm', ms: 2 },
  { label: 'Linear', ms: 1 },
]

test('dispatches of one kernel are added up, the longest first, and all shares are one', () => {
  expect(byKernel(times)).toEqual([
    { kernel: 'Linear', dispatches: 2, ms: 5, share: 0.625 },
    { kernel: 'Norm', dispatches: 2, ms: 3, share: 0.375 },
  ])
})

test('several runs are averaged dispatch by dispatch', () => {
  const twice = times.map(({ label, ms }) => ({ label, ms: 2 * ms }))
  expect(meanTimes([times, twice]).map(({ ms }) => ms)).toEqual([1.5, 6, 3, 1.5])
})
