import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ModalityName } from '../../../src/config/modalities.ts'
import { CapturedStepper } from '../../../src/engine/capture/capturedStepper.ts'
import type { DispatchCommand } from '../../../src/engine/capture/recording.ts'
import { EagerStepper } from '../../../src/engine/eagerStepper.ts'
import type { Preparation } from '../../../src/engine/reports.ts'
import type { Stepper } from '../../../src/engine/stepper.ts'
import { prepareDevice } from '../../../src/engine/tuning.ts'
import type { WebGPU } from '../../../src/engine/webgpu.ts'
import { flush, withBuffers } from '../../../src/ops/webgpu/tfjs.ts'
import { noiseSteps, type NoiseSteps } from '../../support/noiseSteps.ts'
import { preparedRun } from '../../support/tinyRun.ts'
import { useWebGPU } from '../../support/webgpu.ts'

let gpu: WebGPU

beforeAll(async () => {
  gpu = await useWebGPU()
  await prepareDevice(gpu) // what the device can do shall not be judged by what is refused below
})

afterEach(() => {
  vi.restoreAllMocks()
})

const LEAST = { width: 16, heads: 2, depth: 1, targetLayers: 1, batchSize: 2, clipSeconds: 0.4 }

const captured = (name: ModalityName) =>
  noiseSteps(name, (learner, layout, size) => new CapturedStepper(gpu, learner, layout, size), LEAST)

const eager = (name: ModalityName) =>
  noiseSteps(name, (learner, layout) => new EagerStepper(learner, layout), LEAST)

async function losses({ next, dispose }: NoiseSteps): Promise<number[]> {
  const all = [await next(), await next()].map(({ loss }) => loss)
  dispose()
  return all
}

/** Other runs go on, and so does the one that failed, when it is opened again. */
async function expectUnharmed(name: ModalityName) {
  const plain = await losses(eager(name))
  const again = captured(name)
  await again.stepper.prepare(() => undefined)
  expect(await losses(again)).toEqual(plain)
}

describe('a step that cannot be prepared leaves the backend as it was,', () => {
  test('if the GPU refuses a program', async () => {
    const compile = vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync')
    const refusals: string[] = []
    compile.mockImplementation((descriptor) => {
      const { label = '' } = descriptor
      refusals.push(label)
      return Promise.reject(new Error(`refused ${label}`))
    })
    const { stepper, dispose } = captured('image')
    await expect(stepper.prepare(() => undefined)).rejects.toThrow(
      /does not compile what this run is computed by: refused .* Choose another “Backend”/,
    )
    dispose()
    // Among those are programs of tfjs, which keeps them, and of ours: nothing has been compiled before.
    expect(refusals.some((label) => label.endsWith('Program'))).toBe(true)
    expect(refusals.some((label) => !label.endsWith('Program'))).toBe(true)
    compile.mockRestore()
    await expectUnharmed('image')
  })

  test('if the step itself fails, while it is compiled or recorded', async () => {
    const engine = tf.engine()
    const runKernel = engine.runKernel.bind(engine)
    for (const failsWhileCompiling of [true, false]) {
      let calls = 0
      vi.spyOn(engine, 'runKernel').mockImplementation((...call) => {
        const compiles = tf.env().getBool('WEBGPU_ENGINE_COMPILE_ONLY')
        if (compiles === failsWhileCompiling && ++calls > 30) throw new Error('no such kernel')
        return runKernel(...call)
      })
      const { stepper, dispose } = captured('text')
      await expect(stepper.prepare(() => undefined)).rejects.toThrow('no such kernel')
      vi.restoreAllMocks()
      dispose()
      const sum = tf.tidy(() => tf.add(tf.tensor1d([1, 2]), 1))
      expect([...(await sum.data())]).toEqual([2, 3])
      sum.dispose()
    }
    await expectUnharmed('text')
  })
})

test('a step that the GPU has no memory for says so, and leaves the GPU as it was', async () => {
  const destroyed = vi.spyOn(GPUBuffer.prototype, 'destroy')
  await expectUnharmed('image') // what its products are computed by is measured, which makes scopes of its own
  vi.spyOn(GPUDevice.prototype, 'popErrorScope').mockImplementationOnce(() =>
    Promise.resolve(new GPUOutOfMemoryError('no room')),
  )
  const { stepper, dispose } = captured('image')
  await expect(stepper.prepare(() => undefined)).rejects.toThrow(
    /^A step of these settings needs \d MiB of memory, and the GPU has less to give: lower the batch size/,
  )
  expect(destroyed.mock.contexts.map((buffer) => (buffer as GPUBuffer).label)).toContain('arena')
  dispose()
  vi.restoreAllMocks()
  await expectUnharmed('image')
})

describe('preparing', () => {
  /** The stages one after another, each with how far it was each time. */
  async function stagesOf(stepper: Stepper) {
    const stages: { stage: Preparation['stage']; total: number; done: number[] }[] = []
    await stepper.prepare(({ stage, done, total }) => {
      const last = stages.at(-1)
      if (last?.stage === stage && last.total === total) last.done.push(done)
      else stages.push({ stage, total, done: [done] })
    })
    return stages
  }

  test('says how far it is, and takes no time again', async () => {
    const first = captured('audio')
    const stages = await stagesOf(first.stepper)
    first.dispose()
    expect(stages.map(({ stage }) => stage)).toEqual(['compiling', 'measuring', 'compiling'])
    for (const { stage, total, done } of stages) {
      const all = Array.from({ length: total + 1 }, (_, i) => i)
      expect(total).toBeGreaterThan(0)
      // There may be no time to measure all products; each program counts.
      if (stage === 'compiling') expect(done).toEqual(all)
      else expect([done[0], done.at(-1), done]).toEqual([0, total, all.filter((i) => done.includes(i))])
    }

    const compile = vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync')
    const again = captured('audio')
    expect(await stagesOf(again.stepper)).toEqual([{ stage: 'compiling', total: 0, done: [0] }])
    again.dispose()
    expect(compile).not.toHaveBeenCalled()
  })

  test('a run leaves nothing to be compiled for its first picture and step', async () => {
    const run = await preparedRun()
    const compile = vi.spyOn(GPUDevice.prototype, 'createComputePipeline')
    await run.look({ sample: 'batch', mask: 0 })
    run.advance(true)
    expect(compile).not.toHaveBeenCalled()
    run.dispose()
  })

  test('ends before the next stage when nobody waits for it any more', async () => {
    const superseded = new AbortController()
    const { stepper, dispose } = captured('text')
    const stages = new Set<string>()
    const prepared = stepper.prepare(
      ({ stage }) => {
        stages.add(stage)
        superseded.abort()
      },
      { signal: superseded.signal },
    )
    await expect(prepared).rejects.toHaveProperty('name', 'AbortError')
    dispose()
    expect([...stages]).toEqual(['compiling'])
  })
})

describe('a recording', () => {
  /** What is dispatched for stock operations of tfjs. */
  function recordStock(): DispatchCommand[] {
    const { backend, capturing } = gpu
    const work = () => {
      const x = tf.randomNormal<tf.Rank.R3>([2, 4, 6], 0, 1, 'float32', 1)
      const weights = tf.randomNormal<tf.Rank.R3>([3, 6, 4], 0, 1, 'float32', 2)
      const ids = tf.tensor1d([0, 2, 2, 1], 'int32')
      return [
        tf.matMul(x, x, false, true),
        tf.softmax(tf.add(x, 1)),
        tf.transpose(x, [1, 0, 2]),
        tf.mean(x, [1, 2]),
        tf.pad(tf.slice(x, [0, 1, 0], [2, 2, 6]), [
          [0, 0],
          [1, 1],
          [0, 0],
        ]),
        tf.concat([x, tf.relu(x)], 1),
        tf.conv1d(x, weights, 1, 'same'),
        tf.gather(tf.reshape(x, [8, 6]), ids),
        tf.unsortedSegmentSum(tf.slice(tf.reshape(x, [8, 6]), 0, 4), ids, 3),
        tf.where(tf.greater(x, 0), x, tf.zerosLike(x)),
        tf.argMax(x, 2),
        tf.cumsum(x, 1),
      ]
    }
    return capturing.record((recorder) =>
      withBuffers(backend, recorder.buffers, () => {
        tf.dispose(tf.tidy(work))
        flush(backend)
        return recorder.finish().commands.filter((command) => command.kind === 'dispatch')
      }),
    )
  }

  test('knows of each binding of tfjs’s shaders whether it is written, read or uniform', () => {
    const dispatches = recordStock()
    expect(dispatches.length).toBeGreaterThan(15)
    // tfjs binds the result, then the arguments, then the numbers of the call.
    for (const { bindings, pipeline } of dispatches) {
      const accesses = bindings.map(({ access }) => access)
      const args = accesses.slice(1, -1).map(() => 'read')
      expect(accesses, pipeline.label).toEqual(['write', ...args, 'uniform'])
    }
  })

  test('refuses a shader that says in another way than tfjs and we do what it does with a binding', () => {
    const { device, record } = gpu.capturing
    const code = `
@binding(0) @group(0) var<storage, read_write> x: array<f32>;
@compute @workgroup_size(1) fn main() { x[0] = 1; }`
    const compute = { module: device.createShaderModule({ code }), entryPoint: 'main' }
    const pipeline = device.createComputePipeline({ layout: 'auto', compute })
    const buffer = device.createBuffer({ size: 4, usage: GPUBufferUsage.STORAGE })
    const entries = [{ binding: 0, resource: { buffer } }]
    const dispatch = () => {
      const pass = device.createCommandEncoder().beginComputePass()
      pass.setPipeline(pipeline)
      pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }))
      pass.dispatchWorkgroups(1)
    }
    expect(() => record(dispatch)).toThrow(/does not say how it uses its binding 0/)
    buffer.destroy()
  })
})
