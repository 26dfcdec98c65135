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
  const store = { list: () => Promise.resolve([RUN]), tidy: () => Promise.resolve() } as unknown as RunStore
  const kept = new KeptRuns(
    (event) => {
      if (event.type === 'runs') lists.push(event.runs.map(({ isElsewhere }) => isElsewhere))
    },
    () => Promise.resolve(store),
  )
  return { lists, list: () => kept.handle({ type: 'listRuns' }) }
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
