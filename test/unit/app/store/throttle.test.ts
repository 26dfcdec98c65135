import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { throttle } from '../../../../src/app/store/throttle.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('acts at once, then once in a while, the last time included', () => {
  const act = vi.fn()
  const { ask } = throttle(act, 100)
  for (let i = 0; i < 5; i++) ask()
  expect(act).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1000)
  expect(act).toHaveBeenCalledTimes(2)
})

test('is silent once it was stopped', () => {
  const act = vi.fn()
  const { ask, stop } = throttle(act, 100)
  ask()
  ask()
  stop()
  vi.advanceTimersByTime(1000)
  expect(act).toHaveBeenCalledTimes(1)
})
