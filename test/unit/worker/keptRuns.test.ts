import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { KeptRun } from '../../../src/checkpoint/keptRun.ts'
import type { RunStore } from '../../../src/checkpoint/runStore.ts'
import { KeptRuns } from '../../../src/worker/keptRuns.ts'
import { tinyConfig } from '../../support/tinyRun.ts'

const RUN: KeptRun = {
  id: 'one',
  modality: 'image',
  preset: 'tiny',
  begunAt: 1,
  config: tinyConfig(),
  step: 1,
  loss: 1,
  accuracy: null,
  note: '',
  keptAt: 2,
}

/** The names of the locks that are held in some tab. */
let held: string[]

beforeEach(() => {
  vi.useFakeTimers()
  held = ['data2vec-run-one']
  const query = () => Promise.resolve({ held: held.map((name) => ({ name })) })
  vi.stubGlobal('navigator', { locks: { query } })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** Lists of runs as they are told: whether each run is elsewhere. */
function create() {
  const lists: boolean[][] = []
  const failures: string[] = []
  const mark = vi.fn(() => Promise.resolve(false)) // as of a run that is gone for good
  const store = {
    list: () => Promise.resolve([RUN]),
    tidy: () => Promise.resolve(),
    mark,
  } as unknown as RunStore
  const kept = new KeptRuns(
    (event) => {
      if (event.type === 'runs') lists.push(event.runs.map(({ isElsewhere }) => isElsewhere))
      if (event.type === 'keptFailure') failures.push(event.message)
    },
    () => Promise.resolve(store),
  )
  return { kept, lists, failures, mark, list: () => kept.handle({ type: 'listRuns' }) }
}

test('a fresh worker waits for the one before it to let go of its run', async () => {
  const { lists, list } = create()
  const listed = list()
  await vi.advanceTimersByTimeAsync(1000)
  expect(lists).toEqual([])
  held = []
  await vi.advanceTimersByTimeAsync(1000)
  await listed
  expect(lists).toEqual([[false]])
})

test('a run that another tab keeps is elsewhere; no list after the first waits for it', async () => {
  const { lists, list } = create()
  const first = list()
  await vi.advanceTimersByTimeAsync(5000)
  await first
  await list()
  expect(lists).toEqual([[true], [true]])
})

test('a run that another tab works with is not deleted, which is said, and listed as that tab’s', async () => {
  held = []
  const { kept, lists, failures, mark, list } = create()
  await list()
  held = ['data2vec-run-one']
  await kept.handle({ type: 'deleteRun', id: 'one' })
  expect(mark).not.toHaveBeenCalled()
  expect(failures).toEqual([expect.stringContaining('Another tab works with this run')])
  expect(lists).toEqual([[false], [true]])
  held = []
  await kept.handle({ type: 'deleteRun', id: 'one' })
  expect(mark).toHaveBeenCalledOnce()
})

test('what another tab has removed for good cannot be taken back, which is said', async () => {
  held = []
  const { kept, failures } = create()
  await kept.handle({ type: 'recallRun', id: 'one' })
  expect(failures).toEqual([expect.stringContaining('cannot be taken back')])
})
