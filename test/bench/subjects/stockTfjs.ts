import * as tf from '@tensorflow/tfjs-core'
import { buildLearner } from '../../../src/data2vec/learner.ts'
import { stepSettings } from '../../../src/data2vec/schedule.ts'
import { stepConstants } from '../../../src/data2vec/stepConstants.ts'
import { trainStep } from '../../../src/data2vec/trainStep.ts'
import { disposeBatch, toTensors } from '../../../src/engine/batches.ts'
import { flush, type GPUBackend } from '../../../src/ops/webgpu/tfjs.ts'
import { startingValues, type Problem } from '../problem.ts'
import type { Subject } from './subject.ts'

/** A second WebGPU backend under another name, for which no kernel of ours is registered. */
const STOCK = 'stock-webgpu'

/** The step of src/data2vec as tfjs runs it by itself: plain operations, each with its kernels. */
export async function stockSubject(problem: Problem): Promise<Subject> {
  const { config, layout, modality } = problem
  await use()
  const backend = tf.backend() as unknown as GPUBackend
  const learner = buildLearner(modality, config, startingValues(problem), startingValues(problem))
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
      await backend.device.queue.onSubmittedWorkDone()
    },
    loss: async () => (await metrics.data())[0],
  }
}

async function use(): Promise<void> {
  tf.env().set('WEBGPU_CPU_FORWARD', true) // as tfjs is
  await tf.setBackend(STOCK)
}

/** Starts that backend. Before the engine, whose kernels would come along. */
export async function startStock(): Promise<void> {
  if (tf.getKernelsForBackend('webgpu').some(({ kernelName }) => kernelName === 'AdamWEma'))
    throw new Error('Stock tfjs has to be started before our kernels are registered.')
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu')
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter === null) throw new Error('The browser offers no GPU.')
  const { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize } = adapter.limits
  const requiredLimits = { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize }
  const backend = new WebGPUBackend(await adapter.requestDevice({ requiredLimits }), adapter.info)
  tf.registerBackend(STOCK, () => backend)
  tf.copyRegisteredKernels('webgpu', STOCK)
}
