import { expect, test } from 'vitest'
import { describeDemand, isLong } from '../../../../src/app/panels/demandWords.ts'

const demand = (gpuBytes: number | null) =>
  describeDemand({ weights: 871_234, estimate: { type: 'estimate', stepMs: 98, gpuBytes }, steps: 1500 })

test('what a run takes is said with its memory, where there is a GPU', () => {
  expect(demand(56_200_000)).toBe(
    '871,234 weights, 56.2 MB of GPU memory, about 98.0 ms a step: 2 min for 1,500 steps.',
  )
  expect(demand(null)).toBe('871,234 weights, about 98.0 ms a step: 2 min for 1,500 steps.')
})

test('of two runs in lockstep is said what both take', () => {
  const estimate = { type: 'estimate', stepMs: 196, gpuBytes: 1e8 } as const
  expect(describeDemand({ weights: 9, estimate, steps: 100, beside: 'A' })).toBe(
    'With A, 100 MB of GPU memory, about 196 ms a step: 20 s for 100 steps.',
  )
})

test('more than an hour is long', () => {
  expect([isLong(1000, 3600), isLong(1000, 3601)]).toEqual([false, true])
})
