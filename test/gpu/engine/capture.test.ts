import * as tf from '@tensorflow/tfjs-core'
import type { WebGPUMemoryInfo } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Overrides } from '../../../src/config/preset.ts'
import { resolveConfig } from '../../../src/config/presets.ts'
import { MODALITY_NAMES, type ModalityName } from '../../../src/config/modalities.ts'
import type { Config } from '../../../src/config/schema.ts'
import { stepSettings } from '../../../src/data2vec/schedule.ts'
import { CapturedStepper } from '../../../src/engine/capture/capturedStepper.ts'
import { EagerStepper } from '../../../src/engine/eagerStepper.ts'
import { CAPACITY, type Measured } from '../../../src/engine/stepper.ts'
import type { WebGPU } from '../../../src/engine/webgpu.ts'
import { noiseSteps } from '../../support/noiseSteps.ts'
import { useWebGPU } from '../../support/webgpu.ts'

/** The least that still is the whole method, so that many steps pass on a software GPU. */
const LEAST: Overrides = {
  width: 16,
  heads: 2,
  depth: 2,
  targetLayers: 2,
  batchSize: 3,
  clipSeconds: 0.4,
  contextTokens: 12,
}

const VIEWS: Overrides = { method: '2', views: 2, decoderWidth: 16, decoderGroups: 2 }

let gpu: WebGPU

beforeAll(async () => {
  gpu = await useWebGPU()
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** A stepper that replays, ready, and the program that it replays. */
async function captured(name: ModalityName, overrides: Overrides = {}) {
  let stepper: CapturedStepper | undefined
  const steps = noiseSteps(
    name,
    (learner, layout, batchSize) => (stepper = new CapturedStepper(gpu, learner, layout, batchSize)),
    { ...LEAST, ...overrides },
  )
  await steps.stepper.prepare(() => undefined)
  if (stepper === undefined) throw new Error('No stepper was made.')
  return { ...steps, program: stepper.program }
}

const eager = (name: ModalityName, overrides: Overrides = {}) =>
  noiseSteps(name, (learner, layout) => new EagerStepper(learner, layout), { ...LEAST, ...overrides })

/** Another value for every kind of setting that may change between steps. */
function hotSettings(step: number): Partial<Config> {
  return {
    lr: 0.001 + 0.0001 * step,
    tau: 0.9 + 0.001 * step,
    beta: step % 3 === 0 ? 0 : 0.1 * (step % 5) + 0.1,
    targetLayers: 1 + (step % 2),
    weightDecay: 0.01 * (step % 4),
    clipNorm: step % 4 === 0 ? 0 : 0.5,
    beta1: 0.9 - 0.01 * (step % 3),
    adamEpsilon: step % 2 === 0 ? 1e-6 : 1e-8,
    maskRatio: 0.3 + 0.01 * (step % 20),
    maskRandom: step % 2 === 0 ? 0.3 : 0,
  }
}

describe.each(MODALITY_NAMES)('a recorded step of %s', (name) => {
  test('measures the same as operation by operation, for 50 steps with settings that change', async () => {
    const replayed = await captured(name)
    const plain = eager(name)
    const measured: Measured[] = []
    let reading: Promise<Measured[]> = Promise.resolve([])
    let step = 0
    // Each read goes on while the steps up to the next are queued.
    for (const steps of [1, 5, 2, CAPACITY, 10]) {
      for (let i = 0; i < steps; i++) replayed.advance(hotSettings(step++))
      measured.push(...(await reading))
      reading = replayed.stepper.read()
    }
    measured.push(...(await reading))
    expect(measured).toHaveLength(50)
    // The same kernels on the same numbers: the same bits.
    for (const [at, row] of measured.entries())
      expect(row, `step ${at + 1}`).toEqual(await plain.next(hotSettings(at)))
    replayed.dispose()
    plain.dispose()
  })
})

describe('a recorded step', () => {
  test.each([
    ['one view', {}],
    ['several views', VIEWS],
  ])('of %s is tried out without a trace', async (_, more) => {
    const replayed = await captured('image', more)
    const plain = eager('image', more)
    const settings = stepSettings(resolveConfig('image', 'tiny', LEAST), 0)
    const tryOut = () => replayed.stepper.tryOut(() => replayed.batch, settings)
    expect(await replayed.next()).toEqual(await plain.next())
    expect(await tryOut()).toBeGreaterThan(0)
    for (let step = 0; step < 3; step++) expect(await replayed.next()).toEqual(await plain.next())
    replayed.dispose()
    plain.dispose()
  })

  test('says how much memory it takes', async () => {
    const { stepper, program, dispose } = await captured('image')
    const { imageSize } = resolveConfig('image', 'tiny')
    const batch = 4 * 3 * imageSize ** 2 // three grey pictures
    const more = (stepper.bytes ?? 0) - program.bytes
    expect(more).toBeGreaterThan(batch)
    expect(more).toBeLessThan(batch + 1000) // masks of 16 patches, and the numbers of a step
    dispose()
  })

  const VARIANTS: [string, Overrides][] = [
    [
      'post-LN with feed-forward targets under layer norm',
      { normPlacement: 'post', targetSource: 'ffn', targetNorm: 'layer' },
    ],
    ['relative positions and layer scale', { positions: 'relative', layerScale: 0.5 }],
    ['learned positions, no CLS token, no head', { positions: 'learned', clsToken: false, head: 'none' }],
    ['seven blocks, which are averaged in two rounds', { depth: 7, targetLayers: 5 }],
    ['several views and a loss of the CLS token', { ...VIEWS, clsToken: true, clsLoss: 0.01 }],
  ]

  test.each(VARIANTS)('with %s measures the same as operation by operation', async (_, overrides) => {
    const replayed = await captured('image', overrides)
    const plain = eager('image', overrides)
    for (let step = 0; step < 6; step++) {
      const measured = await replayed.next()
      expect(measured).toEqual(await plain.next())
      expect(measured.loss).toBeLessThan(10) // and a number
    }
    replayed.dispose()
    plain.dispose()
  })

  test.each([
    ['audio', { alibi: true, maskRatio: 0.8 }], // of which most of a short sample may be hidden
    ['text', { maskNoise: 0.1 }],
  ] as const)('of several views of %s measures the same as operation by operation', async (name, more) => {
    const replayed = await captured(name, { ...VIEWS, ...more })
    const plain = eager(name, { ...VIEWS, ...more })
    for (let step = 0; step < 6; step++) {
      const measured = await replayed.next()
      expect(measured).toEqual(await plain.next())
      expect(measured.loss).toBeLessThan(10) // and a number
    }
    replayed.dispose()
    plain.dispose()
  })

  test.each([
    ['one view', 'image', {}, 200],
    ['several views', 'image', VIEWS, 200],
    ['several views with distances', 'audio', { ...VIEWS, alibi: true }, 230],
  ] as const)(
    'of %s is one submit, gathers no gradient by copying, and leaves out what nobody needs',
    async (_, modality, more, most) => {
      const { next, stepper, program, dispose } = await captured(modality, {
        depth: 4,
        targetLayers: 2,
        ...more,
      })
      for (let timed = 0; timed < 2; timed++) {
        await next()
        await stepper.idle()
      }
      const submit = vi.spyOn(GPUQueue.prototype, 'submit')
      const copy = vi.spyOn(GPUCommandEncoder.prototype, 'copyBufferToBuffer')
      await next()
      expect(submit).toHaveBeenCalledOnce()
      expect(copy).toHaveBeenCalledOnce() // the metrics
      expect(program.dispatches).toBeLessThanOrEqual(most)
      dispose()
    },
  )

  test.each([
    ['one view', {}],
    ['several views', VIEWS],
  ])(
    'of %s leaves tensors and GPU bytes as they were, over 2,000 replays and when it is gone',
    async (_, more) => {
      const bytes = countBytes()
      const before = { ...measure(), bytes: bytes() }
      const least = { depth: 1, targetLayers: 1, batchSize: 2, ...more }
      const { next, stepper, dispose } = await captured('image', least)
      await next()
      await stepper.idle()
      const during = { ...measure(), bytes: bytes() }
      for (let step = 0; step < 2000; step++) await next()
      expect({ ...measure(), bytes: bytes() }).toEqual(during)
      dispose()
      expect(bytes() - before.bytes).toBeLessThanOrEqual(measure().pooled - before.pooled)
      expect(measure().tensors).toBe(before.tensors)
    },
    300_000,
  )
})

/** Tensors, and bytes that tfjs holds on the GPU, in use or kept for reuse. */
function measure() {
  const { numTensors, numBytesAllocatedInGPU } = tf.memory() as WebGPUMemoryInfo
  return { tensors: numTensors, pooled: numBytesAllocatedInGPU }
}

/** Counts the bytes of all GPU buffers that are created and not destroyed from now on. */
function countBytes(): () => number {
  const created = vi.spyOn(GPUDevice.prototype, 'createBuffer')
  const destroyed = vi.spyOn(GPUBuffer.prototype, 'destroy')
  const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0)
  return () =>
    sum(created.mock.calls.map(([{ size }]) => size)) -
    sum((destroyed.mock.contexts as GPUBuffer[]).map(({ size }) => size))
}
