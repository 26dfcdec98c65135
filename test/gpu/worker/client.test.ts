import { afterEach, expect, test } from 'vitest'
import { resolveConfig } from '../../../src/config/presets.ts'
import { TrainingClient } from '../../../src/worker/client.ts'
import { Recorder } from './recorder.ts'

const TINY = resolveConfig('image', 'tiny', { width: 32, depth: 2, batchSize: 4, steps: 1000 })

let client: TrainingClient | undefined

afterEach(() => {
  client?.dispose()
  client = undefined
})

function connect() {
  const recorder = new Recorder()
  client = new TrainingClient(recorder.record, undefined, `${location.origin}/`)
  return { client, recorder }
}

test('opens, steps, trains and pauses, and reports every step once and in order', async () => {
  const { client, recorder } = connect()
  client.send({ type: 'open', modality: 'image', config: TINY })
  await recorder.next('snapshot')
  expect(recorder.of('backend')).toMatchObject([{ backend: 'webgpu', passedOver: [] }])
  expect(recorder.of('state').map(({ phase, step, samples }) => ({ phase, step, samples }))).toEqual([
    { phase: 'opening', step: 0, samples: 0 },
    { phase: 'paused', step: 0, samples: 6000 },
  ])

  client.send({ type: 'step' })
  await recorder.next('snapshot', ({ step }) => step === 1)
  expect(recorder.of('metrics').flatMap(({ rows }) => rows)).toMatchObject([{ step: 1 }])

  client.send({ type: 'train' })
  await recorder.next('metrics', ({ rows }) => rows.some(({ step }) => step >= 10))
  client.send({ type: 'pause' })
  const { step } = await recorder.next('state', ({ phase }) => phase === 'paused')
  await recorder.next('snapshot')

  const rows = recorder.of('metrics').flatMap((event) => event.rows)
  expect(rows.map((row) => row.step)).toEqual(Array.from({ length: step }, (_, i) => i + 1))
  expect(rows.every(({ loss, grad_norm }) => loss > 0 && grad_norm > 0)).toBe(true)
  expect(rows[0].target_std).toBeGreaterThan(0)
})
