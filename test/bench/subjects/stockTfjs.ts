import * as tf from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { buildLearner } from '../../../src/data2vec/learner.ts'
import { stepSettings } from '../../../src/data2vec/schedule.ts'
import { stepConstants } from '../../../src/data2vec/stepConstants.ts'
import { trainStep } from '../../../src/data2vec/trainStep.ts'
import { disposeBatch, toTensors } from '../../../src/engine/batches.ts'
import { flush } from '../../../src/ops/webgpu/tfjs.ts'
import type { Problem } from '../problem.ts'
import type { Subject } from './subject.ts'

/** A second WebGPU backend under another name, for which no kernel of ours is registered. */
const STOCK = 'stock-webgpu'

/** The step of src/data2vec as tfjs runs it by itself: plain operations, each with its kernels. */
export async function stockSubject({ config, layout, modality, weights }: Problem): Promise<Subject> {
  const backend = await startStock()
  await use()
  const values = new Map(weights.map(({ name, values }) => [name, values]))
  const start = ({ name }: { name: string }) => values.get(name) ?? new Float32Array()
  const learner = buildLearner(modality, config, start, start)
  let metrics: tf.Tensor = tf.zeros([2])
  return {
    ready: use,
    step(host) {
      const batch = toTensors(host, layout)
      const settings = stepSettings(config, learner.updates)
      const constants = stepConstants(settings, learner.updates + 1, config.depth)
      metrics.dispose()
      metrics = trainStep(learner, batch, constants, false)
      learner.updates += 1
      disposeBatch(batch)
      tf.dispose({ ...constants })
      flush(backend)
    },
    idle: async () => {
      await backend.queue.onSubmittedWorkDone()
    },
    loss: async () => (await metrics.data())[0],
  }
}

async function use(): Promise<void> {
  tf.env().set('WEBGPU_CPU_FORWARD', true) // as tfjs is
  await tf.setBackend(STOCK)
}

async function startStock(): Promise<WebGPUBackend> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu')
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter === null) throw new Error('The browser offers no GPU.')
  const { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize } = adapter.limits
  const requiredLimits = { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize }
  const backend = new WebGPUBackend(await adapter.requestDevice({ requiredLimits }), adapter.info)
  tf.registerBackend(STOCK, () => backend)
  tf.copyRegisteredKernels('webgpu', STOCK)
  return backend
}
