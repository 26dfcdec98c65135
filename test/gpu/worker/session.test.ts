import * as tf from '@tensorflow/tfjs-core'
import type { WebGPUMemoryInfo } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu'
import { afterEach, describe, expect, test } from 'vitest'
import { decodeSound } from '../../../src/app/sound/decode.ts'
import { MODALITY_NAMES, type ModalityName } from '../../../src/config/modalities.ts'
import { resolveConfig } from '../../../src/config/presets.ts'
import type { Overrides } from '../../../src/config/preset.ts'
import type { WorkerEvent } from '../../../src/worker/protocol.ts'
import { Session } from '../../../src/worker/session.ts'
import { KEEPS_NO_FILES, KEEPS_NOTHING } from '../../support/keepsNothing.ts'
import { Recorder } from './recorder.ts'

const FOLLOW_BATCH = { sample: 'batch', mask: 0 } as const

/** The least that still is the whole method, so that hundreds of steps pass on a software GPU. */
const LEAST: Overrides = {
  width: 16,
  heads: 2,
  depth: 1,
  targetLayers: 1,
  batchSize: 2,
  steps: 100_000,
  clipSeconds: 0.4,
  contextTokens: 12,
}

/** Nobody loses interest in a sound here. */
const WANTED = new AbortController().signal

/** The device is shared with other tests: what goes on in a session ends with its test. */
const leaveAtRest: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const rest of leaveAtRest.splice(0)) await rest()
})

/** A worker's session in the page itself, where its memory can be measured. */
function connect() {
  const recorder = new Recorder()
  const emit = (event: WorkerEvent) => {
    if (event.type === 'decodeSound') void decodeSound(event, (answer) => void session.handle(answer), WANTED)
    recorder.record(event)
  }
  const session: Session = new Session(emit, undefined, { runs: KEEPS_NOTHING, files: KEEPS_NO_FILES })
  void session.handle({ type: 'start', base: `${location.origin}/` })
  const open = (modality: ModalityName, overrides: Overrides = {}, run = 1) =>
    session.handle({
      type: 'open',
      modality,
      run,
      preset: 'tiny',
      config: resolveConfig(modality, 'tiny', { ...LEAST, ...overrides }),
      view: FOLLOW_BATCH,
    })
  const ask = (modality: ModalityName, type: 'train' | 'pause' | 'step' | 'probe', run = 1) =>
    session.handle({ type, modality, run })
  const show = async (shown: ModalityName) => {
    for (const modality of MODALITY_NAMES)
      await session.handle({
        type: 'inspect',
        modality,
        run: 1,
        view: modality === shown ? FOLLOW_BATCH : null,
      })
  }
  const stepOf = (modality: ModalityName) =>
    recorder
      .of('metrics')
      .filter((event) => event.modality === modality)
      .flatMap(({ rows }) => rows)
      .at(-1)?.step ?? 0
  const trainTo = async (modality: ModalityName, step: number) => {
    if (stepOf(modality) >= step) return
    const reached = recorder.next(
      'metrics',
      (event) => event.modality === modality && event.rows.some((row) => row.step >= step),
    )
    void ask(modality, 'train')
    await reached
    await ask(modality, 'pause')
  }
  /** Nobody looks, and nothing goes on. */
  const rest = async () => {
    for (const modality of MODALITY_NAMES) {
      await session.handle({ type: 'inspect', modality, run: 1, view: null })
      await ask(modality, 'pause')
    }
  }
  leaveAtRest.push(rest)
  /** Surveys what was learnt, as happens from time to time, and then rests. */
  const surveyAndRest = async (modality: ModalityName) => {
    const over = recorder.next('probing', (event) => event.modality === modality && event.done === null)
    await ask(modality, 'probe')
    await over
    await rest()
  }
  return { recorder, open, ask, show, stepOf, trainTo, rest, surveyAndRest }
}

/** Tensors, and bytes of all buffers on the GPU, in use or kept for reuse. */
function measure() {
  const { numTensors, numBytesAllocatedInGPU } = tf.memory() as WebGPUMemoryInfo
  return { tensors: numTensors, bytes: numBytesAllocatedInGPU }
}

describe('tensors and GPU bytes do not grow', () => {
  test.each(MODALITY_NAMES)('over 200 steps of %s with pictures in between', async (modality) => {
    const { open, show, trainTo, stepOf, surveyAndRest } = connect()
    await open(modality)
    await trainTo(modality, 100) // every case of where tfjs submits within a step has been met
    await surveyAndRest(modality)
    const before = measure()
    await show(modality)
    await trainTo(modality, stepOf(modality) + 200)
    await surveyAndRest(modality)
    const after = measure()
    expect(after.tensors).toBe(before.tensors)
    // A survey that was given up halfway may have left one buffer for reuse that is gone by now.
    expect(after.bytes).toBeLessThanOrEqual(before.bytes)
  })

  test('over 20 switches from tab to tab while all three train', async () => {
    const { recorder, open, ask, show, trainTo, rest, surveyAndRest } = connect()
    for (const modality of MODALITY_NAMES) await open(modality)
    for (const modality of MODALITY_NAMES) {
      await trainTo(modality, 60)
      await surveyAndRest(modality)
    }
    const shown = MODALITY_NAMES[0]
    await show(shown)
    const switchTabs = async (times: number) => {
      for (const modality of MODALITY_NAMES) await ask(modality, 'train')
      for (let i = 1; i <= times; i++) {
        const next = MODALITY_NAMES[i % MODALITY_NAMES.length]
        const pictured = recorder.next('snapshot', (event) => event.modality === next)
        await show(next)
        await pictured
      }
      await rest()
    }
    await switchTabs(20)
    const before = measure()
    await switchTabs(20)
    expect(measure()).toEqual(before)
  })
})

test('a run leaves none of its memory to runs of other sizes', async () => {
  const { recorder, open, ask } = connect()
  const bytesAfter = async (run: number, width: number) => {
    await open('image', { width }, run)
    const over = recorder.next('probing', (event) => event.done === null)
    await ask('image', 'probe', run)
    await over
    return measure().bytes
  }
  const first = await bytesAfter(1, 16)
  for (const [run, width] of [
    [2, 32],
    [3, 48],
  ])
    await bytesAfter(run, width)
  expect(await bytesAfter(4, 16)).toBeLessThanOrEqual(first)
})

test('three runs that train together each go on from where they are', async () => {
  const { recorder, open, ask, stepOf } = connect()
  for (const modality of MODALITY_NAMES) await open(modality)
  await ask('image', 'step')
  const all = Promise.all(
    MODALITY_NAMES.map((modality) =>
      recorder.next(
        'metrics',
        (event) => event.modality === modality && event.rows.some(({ step }) => step >= 20),
      ),
    ),
  )
  for (const modality of MODALITY_NAMES) await ask(modality, 'train')
  await all
  for (const modality of MODALITY_NAMES) await ask(modality, 'pause')
  for (const modality of MODALITY_NAMES) {
    const rows = recorder
      .of('metrics')
      .filter((event) => event.modality === modality)
      .flatMap(({ rows }) => rows)
    expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: stepOf(modality) }, (_, i) => i + 1))
    expect(rows.every(({ loss }) => loss > 0)).toBe(true)
  }
})
