import { afterEach, describe, expect, test } from 'vitest'
import type { ModalityName } from '../../../src/config/modalities.ts'
import { resolveConfig } from '../../../src/config/presets.ts'
import type { Config } from '../../../src/config/schema.ts'
import { TrainingClient } from '../../../src/worker/client.ts'
import type { FileToAdd } from '../../../src/worker/protocol.ts'
import { unlabelled } from '../../support/ownSamples.ts'
import { Recorder } from './recorder.ts'

const FOLLOW_BATCH = { sample: 'batch', mask: 0 } as const

const TINY = resolveConfig('image', 'tiny', { width: 32, depth: 2, batchSize: 4, steps: 1000 })

let client: TrainingClient | undefined

afterEach(() => {
  client?.dispose()
  client = undefined
})

function connect(base = `${location.origin}/`) {
  const recorder = new Recorder()
  const created = new TrainingClient(recorder.record, undefined, base)
  client = created
  let run = 0
  const open = (config: Config, modality: ModalityName = 'image') =>
    created.send({ type: 'open', modality, run: ++run, preset: 'tiny', config, view: FOLLOW_BATCH })
  const ask = (type: 'train' | 'pause' | 'step') => created.send({ type, modality: 'image', run })
  return { client: created, recorder, open, ask }
}

test('opens, steps, trains and pauses, and reports every step once and in order', async () => {
  const { recorder, open, ask } = connect()
  open(TINY)
  await recorder.next('state', ({ phase }) => phase === 'paused')
  expect(recorder.of('backend')).toMatchObject([{ backend: 'webgpu', passedOver: [] }])
  expect(recorder.of('state').map(({ phase, step, samples }) => ({ phase, step, samples }))).toEqual([
    { phase: 'opening', step: 0, samples: 0 },
    { phase: 'paused', step: 0, samples: 6000 },
  ])

  ask('step')
  await recorder.next('snapshot', ({ step }) => step === 1)
  expect(recorder.of('metrics').flatMap(({ rows }) => rows)).toMatchObject([{ step: 1 }])

  ask('train')
  await recorder.next('metrics', ({ rows }) => rows.some(({ step }) => step >= 4))
  ask('pause')
  const { step } = await recorder.next('state', ({ phase }) => phase === 'paused')
  await recorder.next('snapshot')

  const rows = recorder.of('metrics').flatMap((event) => event.rows)
  expect(rows.map((row) => row.step)).toEqual(Array.from({ length: step }, (_, i) => i + 1))
  expect(rows.every(({ loss, grad_norm }) => loss > 0 && grad_norm > 0)).toBe(true)
  expect(rows[0].target_std).toBeGreaterThan(0)
})

describe('what cannot be opened is named, and the next open works', () => {
  const ON_WASM = { ...TINY, backend: 'wasm' } as const

  test('a person’s images, of which there are none', async () => {
    const { recorder, open } = connect()
    open({ ...ON_WASM, samples: 'own' })
    expect((await recorder.next('failure')).message).toMatch(/no images of your own.*Drop files/)
    open(ON_WASM)
    await recorder.next('state', ({ phase }) => phase === 'paused')
    expect(recorder.of('backend')).toMatchObject([{ backend: 'wasm' }])
  })

  test('a sample set that the server does not have', async () => {
    const { recorder, open } = connect('http://localhost:1/')
    open(ON_WASM)
    const { message } = await recorder.next('failure')
    expect(message).toMatch(/http:.*\/samples\/images\/fashion-mnist.*did not answer/)
    expect(message).toMatch(/another sample set/)
  })

  test('settings that contradict each other', async () => {
    const { recorder, open } = connect()
    open({ ...ON_WASM, heads: 5 })
    expect((await recorder.next('failure')).message).toMatch(/5 heads/)
  })
})

test('trains on a person’s images while more are decoded', async () => {
  const { client, recorder, open, ask } = connect()
  const canvas = new OffscreenCanvas(20, 20)
  canvas.getContext('2d')?.fillRect(0, 0, 10, 10)
  const file = new File([await canvas.convertToBlob()], 'square.png')
  client.send({ type: 'addFiles', files: [unlabelled(file), unlabelled(file)] })
  await recorder.next('files', ({ finished }) => finished)

  open({ ...TINY, backend: 'wasm', samples: 'own' })
  const { label } = await recorder.next('snapshot')
  expect(label).toBe('square.png')
  ask('train')
  client.send({ type: 'addFiles', files: new Array<FileToAdd>(60).fill(unlabelled(file)) })
  const before = recorder.of('metrics').length
  await recorder.next('files', ({ finished }) => finished)
  expect(recorder.of('files').flatMap(({ added }) => added)).toHaveLength(62)
  expect(recorder.of('metrics').length).toBeGreaterThan(before)

  client.restart()
  open({ ...TINY, backend: 'wasm' })
  expect(await recorder.next('state', ({ phase }) => phase === 'paused')).toMatchObject({ step: 0 })
})
