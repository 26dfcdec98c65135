import { expect, test } from 'vitest'
import { announce, isDue } from '../../../../src/app/panels/announcement.ts'

test('speaks at each change of phase, and every ten seconds of training', () => {
  const last = { phase: 'training', step: 7, at: 1000 } as const
  expect(isDue(last, { phase: 'paused', step: 7, at: 1001 })).toBe(true)
  expect(isDue(last, { phase: 'training', step: 8, at: 5000 })).toBe(false)
  expect(isDue(last, { phase: 'training', step: 9, at: 11_000 })).toBe(true)
})

test('speaks at a single step, and is quiet while nothing happens', () => {
  const last = { phase: 'paused', step: 7, at: 0 } as const
  expect(isDue(last, { phase: 'paused', step: 8, at: 10 })).toBe(true)
  expect(isDue(last, { phase: 'paused', step: 7, at: 60_000 })).toBe(false)
})

test('says the loss only once there is one', () => {
  expect(announce('opening', 0, NaN)).toBe('Preparing.')
  expect(announce('training', 1240, 0.1128)).toBe('Training. Step 1,240, loss 0.113.')
})
