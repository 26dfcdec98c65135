import { expect, test } from 'vitest'
import { announce, isDue } from '../../../../src/app/panels/announcement.ts'

test('speaks at each change of phase, and every ten seconds of training', () => {
  const last = { phase: 'training', at: 1000 } as const
  expect(isDue(last, 'paused', 1001)).toBe(true)
  expect(isDue(last, 'training', 5000)).toBe(false)
  expect(isDue(last, 'training', 11_000)).toBe(true)
  expect(isDue({ phase: 'paused', at: 0 }, 'paused', 60_000)).toBe(false)
})

test('says the loss only once there is one', () => {
  expect(announce('opening', 0, NaN)).toBe('Preparing.')
  expect(announce('training', 1240, 0.1128)).toBe('Training. Step 1,240, loss 0.113.')
})
