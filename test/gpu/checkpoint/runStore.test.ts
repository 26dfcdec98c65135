import { wrap, type Remote } from 'comlink'
import { openDB } from 'idb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { KeptRun } from '../../../src/checkpoint/keptRun.ts'
import { MOST_RUNS } from '../../../src/config/storage.ts'
import type { RunState } from '../../../src/engine/run.ts'
import { metricRow } from '../../support/fakeClient.ts'
import { noiseRun } from '../../support/noiseSteps.ts'
import { useWebGPU } from '../../support/webgpu.ts'
import type { RemoteStore } from './store.worker.ts'

const LEAST = { width: 16, heads: 2, depth: 1, targetLayers: 1, batchSize: 2 } as const

let worker: Worker
let store: Remote<RemoteStore>
/** After one step, and after two. */
let states: readonly RunState[]
let config: KeptRun['config']

beforeAll(async () => {
  worker = new Worker(new URL('./store.worker.ts', import.meta.url), { type: 'module' })
  store = wrap<RemoteStore>(worker)
  await useWebGPU()
  const run = await noiseRun('image', LEAST)
  config = run.config
  run.advance(false)
  const first = await run.readState()
  run.advance(false)
  states = [first, await run.readState()]
  run.dispose()
})

afterAll(() => worker.terminate())

/** What other tests have left goes. */
beforeEach(async () => {
  for (const { id } of await store.list()) await store.mark(id, { deletedAt: 0 })
  await store.tidy(Date.now(), [])
})

/** Keeps a run after the one step that it has made since it was kept before. */
async function keep(id: string, step: 1 | 2 = 1, about: Partial<KeptRun> = {}): Promise<KeptRun> {
  const row = metricRow(step)
  const identity = { id, modality: 'image', preset: 'tiny', begunAt: 1 } as const
  const now = { config, step, loss: row.loss, accuracy: null, note: '', keptAt: step }
  const probes = { way: 'as now', rows: [{ step, knn: step / 10, linear: step / 5 }] }
  return store.keep({ ...identity, ...now, ...about }, states[step - 1], { rows: [row], probes })
}

test('a run goes on from its newest checkpoint, with the metrics of all its steps', async () => {
  await keep('one', 1)
  await keep('one', 2)
  const { record, state, rows, fellBack } = await store.load('one')
  expect(state).toEqual(states[1])
  expect(rows).toEqual([metricRow(1), metricRow(2)])
  expect(record).toMatchObject({ step: 2, loss: 1 / 2, probes: { rows: [{ step: 2 }] } })
  expect(fellBack).toBe(false)
})

describe('a damaged checkpoint', () => {
  test('gives way to the one before it, and the steps since are forgotten', async () => {
    await keep('one', 1)
    await keep('one', 2)
    await store.writeFile('one.b', new Uint8Array(8))
    const { record, state, rows, fellBack } = await store.load('one')
    expect(state).toEqual(states[0])
    expect(rows).toEqual([metricRow(1)])
    expect(record).toMatchObject({ step: 1, loss: 1, accuracy: null, probes: { rows: [] } })
    expect(fellBack).toBe(true)
    await keep('one', 2)
    expect((await store.load('one')).rows).toEqual([metricRow(1), metricRow(2)])
  })

  test('that is the only one is said', async () => {
    await keep('one', 1)
    await store.writeFile('one.a', new Uint8Array(8))
    await expect(store.load('one')).rejects.toThrow('damaged, and it cannot go on')
  })
})

test('what the person says of a run that trains stays as the run is kept again', async () => {
  await keep('one', 1)
  await store.mark('one', { note: 'mine' })
  expect((await keep('one', 2)).note).toBe('mine')
  await store.mark('one', { deletedAt: 5 })
  await keep('one', 2)
  expect(await store.list()).toEqual([])
})

describe('what is tidied away', () => {
  const MINUTE = 60_000

  test('is a run that was deleted more than a minute ago, with its files, unless a tab works with it', async () => {
    for (const id of ['old', 'new', 'open']) await keep(id)
    await store.mark('old', { deletedAt: 0 })
    await store.mark('open', { deletedAt: 0 })
    await store.mark('new', { deletedAt: 1 })
    await store.tidy(MINUTE + 1, ['open'])
    expect(await store.files()).toEqual(['new.a', 'open.a'])
    for (const id of ['old', 'new', 'open']) await store.mark(id, { deletedAt: null })
    expect((await store.list()).map(({ id }) => id).toSorted()).toEqual(['new', 'open'])
  })

  test('is the oldest beyond the most', async () => {
    for (let i = 0; i <= MOST_RUNS; i++) await keep(`${i}`, 1, { keptAt: 100 + i })
    await store.tidy(0, [])
    const ids = (await store.list()).map(({ id }) => id)
    expect(ids).toEqual(Array.from({ length: MOST_RUNS }, (_, i) => `${MOST_RUNS - i}`))
  })

  test('is a file without a record, but none of a record that another version of the page wrote', async () => {
    await keep('strange')
    const records = await openDB('data2vec-runs')
    await records.put('runs', { written: 'otherwise' }, 'strange')
    await store.writeFile('nobody.a', new Uint8Array(8))
    await store.tidy(0, [])
    expect(await store.files()).toEqual(['strange.a'])
    await records.delete('runs', 'strange')
    records.close()
  })
})
