import { afterEach, describe, expect, test, vi } from 'vitest'
import { byKernel, meanTimes, profileKernels } from '../../../../src/engine/benchmark/breakdown.ts'

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

test('a clock that saw no time pass makes no shares that are no numbers', () => {
  expect(byKernel([{ label: 'Linear', ms: 0 }])).toEqual([
    { kernel: 'Linear', dispatches: 1, ms: 0, share: 0 },
  ])
})

describe('kernels are profiled', () => {
  const signal = new AbortController().signal

  afterEach(() => {
    vi.restoreAllMocks()
  })

  /** A GPU whose profile says `ms`, and takes `wall` milliseconds. */
  function profiler(ms: number, wall: number) {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    return vi.fn(() => {
      now += wall
      return Promise.resolve([{ label: 'Linear', ms }])
    })
  }

  test('until a clock of a tenth of a millisecond has gone on 2,000 times', async () => {
    const profile = profiler(1, 5)
    expect(await profileKernels(profile, signal)).toMatchObject([{ kernel: 'Linear', ms: 1, share: 1 }])
    expect(profile).toHaveBeenCalledTimes(200)
  })

  test('for two seconds where it hardly goes on', async () => {
    const profile = profiler(0.1, 100)
    expect(await profileKernels(profile, signal)).toMatchObject([{ kernel: 'Linear', share: 1 }])
    expect(profile).toHaveBeenCalledTimes(20)
  })

  test('to no avail where it stands still, or where there is none', async () => {
    expect(await profileKernels(profiler(0, 500), signal)).toBeUndefined()
    expect(await profileKernels(() => Promise.resolve(undefined), signal)).toBeUndefined()
  })

  test('no longer than somebody waits for them', async () => {
    const profile = profiler(1, 5)
    await profileKernels(profile, AbortSignal.abort())
    expect(profile).toHaveBeenCalledOnce()
  })
})
