import { afterEach, describe, expect, test, vi } from 'vitest'
import { pauses } from '../../../../src/modalities/text/pauses.ts'

describe('a pause', () => {
  afterEach(() => vi.useRealTimers())

  test('is made only after some time of work, and lets a turn of the thread pass', async () => {
    vi.useFakeTimers()
    const pause = pauses()
    vi.advanceTimersByTime(20)
    expect(pause()).toBeUndefined()
    vi.advanceTimersByTime(20)
    const others: string[] = []
    setTimeout(() => others.push('others'))
    const rest = pause()
    await vi.runAllTimersAsync()
    await rest
    expect(others).toEqual(['others'])
    expect(pause()).toBeUndefined()
  })
})
