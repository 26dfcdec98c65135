import { afterEach, describe, expect, test } from 'vitest'
import { resolveConfig } from '../../../src/config/presets.ts'
import type { Config } from '../../../src/config/schema.ts'
import { TrainingClient } from '../../../src/worker/client.ts'
import { Recorder } from './recorder.ts'

const TINY = resolveConfig('image', 'tiny', { width: 32, depth: 2, batchSize: 4, steps: 1000 })

let client: TrainingClient | undefined

afterEach(() => {
  client?.dispose()
  client = undefined
})

function connect(base = `${location.origin}/`) {
  const recorder = new Recorder()
  client = new TrainingClient(recorder.record, undefined, base)
  return { client, recorder }
}

test('opens, steps, trains and pauses, and reports every step once and in order', async () => {
  const { client, recorder } = connect()
  client.send({ type: 'open', modality: 'image', config: TINY })
  await recorder.next('state', ({ phase }) => phase === 'paused')
  expect(recorder.of('backend')).toMatchObject([{ backend: 'webgpu', passedOver: [] }])
  expect(recorder.of('state').map(({ phase, step, samples }) => ({ phase, step, samples }))).toEqual([
    { phase: 'opening', step: 0, samples: 0 },
    { phase: 'paused', step: 0, samples: 6000 },
  ])

  client.send({ type: 'step' })
  await recorder.next('snapshot', ({ step }) => step === 1)
  expect(recorder.of('metrics').flatMap(({ rows }) => rows)).toMatchObject([{ step: 1 }])

  client.send({ type: 'train' })
  await recorder.next('metrics', ({ rows }) => rows.some(({ step }) => step >= 4))
  client.send({ type: 'pause' })
  const { step } = await recorder.next('state', ({ phase }) => phase === 'paused')
  await recorder.next('snapshot')

  const rows = recorder.of('metrics').flatMap((event) => event.rows)
  expect(rows.map((row) => row.step)).toEqual(Array.from({ length: step }, (_, i) => i + 1))
  expect(rows.every(({ loss, grad_norm }) => loss > 0 && grad_norm > 0)).toBe(true)
  expect(rows[0].target_std).toBeGreaterThan(0)
})

describe('what cannot be opened is named, and the next open works', () => {
  const ON_WASM = { ...TINY, backend: 'wasm' } as const

  async function messageAfter(client: TrainingClient, recorder: Recorder, config: Config): Promise<string> {
    client.send({ type: 'open', modality: 'image', config })
    const { message } = await recorder.next('failure', ({ scope }) => scope === 'run')
    return message
  }

  test('a person’s images, of which there are none', async () => {
    const { client, recorder } = connect()
    expect(await messageAfter(client, recorder, { ...ON_WASM, samples: 'own' })).toMatch(
      /at least 2 images.*Drop some/,
    )
    client.send({ type: 'open', modality: 'image', config: ON_WASM })
    await recorder.next('state', ({ phase }) => phase === 'paused')
    expect(recorder.of('backend')).toMatchObject([{ backend: 'wasm' }])
  })

  test('a sample set that the server does not have', async () => {
    const { client, recorder } = connect('http://localhost:1/')
    const message = await messageAfter(client, recorder, ON_WASM)
    expect(message).toMatch(/http:.*\/samples\/images\/fashion-mnist.*did not answer/)
    expect(message).toMatch(/another sample set/)
  })

  test('settings that contradict each other', async () => {
    const { client, recorder } = connect()
    expect(await messageAfter(client, recorder, { ...ON_WASM, heads: 5 })).toMatch(/5 heads/)
  })

  test('only the last of several opens in a row is carried out', async () => {
    const { client, recorder } = connect()
    for (const seed of [1, 2, 3])
      client.send({ type: 'open', modality: 'image', config: { ...ON_WASM, seed } })
    client.send({ type: 'step' })
    await recorder.next('metrics')
    const opened = recorder.of('state').filter(({ phase, step }) => phase === 'paused' && step === 0)
    expect(opened.length).toBeLessThanOrEqual(2) // the first may have begun before the others arrived
  })
})

test('trains on a person’s images while more are decoded', async () => {
  const { client, recorder } = connect()
  const canvas = new OffscreenCanvas(20, 20)
  canvas.getContext('2d')?.fillRect(0, 0, 10, 10)
  const file = new File([await canvas.convertToBlob()], 'square.png')
  client.send({ type: 'addFiles', files: [file, file] })
  await recorder.next('ownSamples', ({ count }) => count === 2)

  client.send({ type: 'open', modality: 'image', config: { ...TINY, backend: 'wasm', samples: 'own' } })
  const { label } = await recorder.next('snapshot')
  expect(label).toBe('square.png')
  client.send({ type: 'train' })
  client.send({ type: 'addFiles', files: new Array<File>(60).fill(file) })
  const before = recorder.of('metrics').length
  await recorder.next('ownSamples', ({ count }) => count === 62)
  expect(recorder.of('metrics').length).toBeGreaterThan(before)

  client.restart()
  client.send({ type: 'open', modality: 'image', config: { ...TINY, backend: 'wasm' } })
  expect(await recorder.next('state', ({ phase }) => phase === 'paused')).toMatchObject({ step: 0 })
})
