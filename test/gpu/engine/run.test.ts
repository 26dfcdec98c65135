import * as tf from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import type { WebGPUMemoryInfo } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu'
import { beforeAll, expect, test } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'
import type { Report } from '../../../src/engine/reports.ts'
import { Trainer } from '../../../src/engine/trainer.ts'
import { preparedRun, trainLosses } from '../../support/tinyRun.ts'

beforeAll(async () => {
  await chooseBackend('webgpu', () => undefined)
})

/** Tensors, and bytes of all buffers on the GPU, in use or kept for reuse. */
function measure() {
  const { numTensors, numBytesAllocatedInGPU } = tf.memory() as WebGPUMemoryInfo
  return { tensors: numTensors, bytes: numBytesAllocatedInGPU }
}

test('the same seed gives the same losses, another seed others', async () => {
  const lossesOf = async (seed: number) => {
    const run = await preparedRun({ seed })
    const losses = await trainLosses(run, 3)
    run.dispose()
    return losses
  }
  const first = await lossesOf(1)
  expect(await lossesOf(1)).toEqual(first)
  expect(await lossesOf(2)).not.toEqual(first)
})

test('tensors and GPU bytes do not grow over 200 steps with pictures in between', async () => {
  const run = await preparedRun({ depth: 1, targetLayers: 1, batchSize: 2, flip: true })
  const advance = async (steps: number) => {
    for (let i = 0; i < steps; i += 25) {
      for (let j = 0; j < 25; j++) run.advance(j === 24)
      await run.metrics.read(0)
      await run.drawer.work(run.config, false)
      await run.look({ sample: i, mask: i, attention: 0, drawing: true })
    }
  }
  // tfjs hands buffers back at each submit, every 15 dispatches: how many are out at once depends on where in a step
  // the submits fall. A hundred steps have met every case.
  await advance(100)
  const before = measure()
  await advance(200)
  expect(measure()).toEqual(before)
  run.dispose()
  expect(tf.memory().numTensors).toBeLessThan(before.tensors)
})

test('work that the GPU refuses stops the run with a reason, and is not taken for a loss of zero', async () => {
  const run = await preparedRun({ depth: 1, targetLayers: 1, batchSize: 2 })
  const reports: Report[] = []
  const trainer = new Trainer(run, (report) => reports.push(report))
  const { device } = tf.backend() as Pick<WebGPUBackend, 'device'> & tf.KernelBackend
  device.createBuffer({ size: 2 ** 50, usage: GPUBufferUsage.STORAGE })
  await trainer.step()
  expect(reports.filter(({ type }) => type === 'metrics')).toEqual([])
  expect(reports.at(-1)).toMatchObject({ type: 'failure' })
  expect(reports.at(-1)).toHaveProperty(
    'message',
    expect.stringMatching(/The GPU refused.*lower the batch size/),
  )
  run.dispose()
})
