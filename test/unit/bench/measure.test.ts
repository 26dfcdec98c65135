import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GPUCounters } from '../../bench/counters.ts'
import { imageProblem } from '../../bench/cases.ts'
import { Measured, measureInTurn, type Effort } from '../../bench/measure.ts'
import type { Subject } from '../../bench/subjects/subject.ts'

const problem = imageProblem({
  samples: 'own',
  imageSize: 8,
  patchSize: 4,
  width: 16,
  depth: 1,
  batchSize: 2,
})
const effort: Effort = { rounds: 5, budgetMs: 10_000, leastRounds: 1 }
const silent = () => undefined

let now = 0

beforeEach(() => {
  now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})

afterEach(() => {
  vi.restoreAllMocks()
})

interface Fake {
  readonly hostMs: number
  readonly gpuMs: number
  readonly loss?: number
}

/** A subject that needs a time that is known: four dispatches in one submit, and a temporary kilobyte, for each step. */
function fake(name: string, counters: GPUCounters, { hostMs, gpuMs, loss = 1 }: Fake): Promise<Measured> {
  let queued = 0
  const subject: Subject = {
    ready: () => Promise.resolve(),
    step: () => {
      now += hostMs
      queued += gpuMs
      counters.dispatches += 4
      counters.submits += 1
      counters.allocate(1024)
      counters.bytes -= 1024
    },
    idle: () => {
      now += queued
      queued = 0
      return Promise.resolve()
    },
    loss: () => Promise.resolve(loss),
  }
  const create = () => {
    counters.allocate(2 ** 20 - 1024)
    return Promise.resolve(subject)
  }
  return Measured.create(name, create, counters, problem)
}

describe('measureInTurn', () => {
  test('gives each subject its own time, calls and memory', async () => {
    const counters = new GPUCounters()
    const fast = await fake('fast', counters, { hostMs: 1, gpuMs: 9 })
    const slow = await fake('slow', counters, { hostMs: 20, gpuMs: 200 })
    await measureInTurn([fast, slow], effort, silent)
    const calls = { dispatches: 4, submits: 1, gpu_mb: 1, n: 5, step_ms_spread: 0 }
    expect(fast.figures()).toMatchObject({ ...calls, host_ms: 1, step_ms: 10, samples_per_s: 200 })
    expect(slow.figures()).toMatchObject({ ...calls, host_ms: 20, step_ms: 220 })
  })

  test('lets a slow subject stop early, but not before it was timed as often as it must', async () => {
    const counters = new GPUCounters()
    const fast = await fake('fast', counters, { hostMs: 0, gpuMs: 10 })
    const slow = await fake('slow', counters, { hostMs: 0, gpuMs: 8000 })
    await measureInTurn([fast, slow], { ...effort, leastRounds: 3 }, silent)
    expect([fast.figures().n, slow.figures().n]).toEqual([5, 3])
  })

  test('keeps the first step of a subject that has no time for more', async () => {
    const slow = await fake('slow', new GPUCounters(), { hostMs: 0, gpuMs: 60_000 })
    await measureInTurn([slow], effort, silent)
    expect(slow.figures()).toMatchObject({ n: 1, step_ms: 60_000, cold: true })
  })

  test('refuses to compare subjects that do not make the same step', async () => {
    const counters = new GPUCounters()
    const one = await fake('one', counters, { hostMs: 0, gpuMs: 1, loss: 1 })
    const other = await fake('other', counters, { hostMs: 0, gpuMs: 1, loss: 1.001 })
    await expect(measureInTurn([one, other], effort, silent)).rejects.toThrow(
      'other has loss 1.001 in step 1, one has 1.',
    )
  })
})
