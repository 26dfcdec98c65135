import * as tf from '@tensorflow/tfjs-core'
import { disposeLearner, type Learner } from '../../data2vec/learner.ts'
import { stepSettings } from '../../data2vec/schedule.ts'
import { stepConstants } from '../../data2vec/stepConstants.ts'
import { trainStep } from '../../data2vec/trainStep.ts'
import type { Layout } from '../../modalities/modality.ts'
import { withoutFusedKernels } from '../../ops/kernels.ts'
import { flush, type GPUBackend } from '../../ops/webgpu/tfjs.ts'
import { disposeBatch, toTensors, type HostBatch } from '../batches.ts'

/** No underscore: tfjs puts one between this name and a kernel's. */
const STOCK = 'stock-webgpu'

/** tfjs as it comes: a second WebGPU backend, with nothing of ours between it and a GPU device of its own. */
export interface StockTfjs {
  readonly backend: GPUBackend
  /** Makes tfjs compute with it, in the way in which tfjs does by itself. */
  readonly use: () => Promise<void>
  /** What its device has refused to do, in its own words, if anything. */
  readonly refusal: () => string | undefined
  /** Frees the device with all that is on it. tfjs needs another backend from then on. */
  readonly dispose: () => void
}

/** One at a time. @throws an Error if the browser has no second device to give */
export async function startStockTfjs(): Promise<StockTfjs> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu')
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter === null) throw new Error('The browser offers no GPU.')
  const { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize } = adapter.limits
  const requiredLimits = { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize }
  const device = await adapter.requestDevice({ requiredLimits })
  let refusal: string | undefined
  device.addEventListener('uncapturederror', ({ error }) => (refusal ??= error.message))
  void device.lost.then(({ message, reason }) => (refusal ??= message || `the device was lost (${reason})`))
  const backend = new WebGPUBackend(device, adapter.info)
  tf.registerBackend(STOCK, () => backend)
  tf.copyRegisteredKernels('webgpu', STOCK)
  return { backend, use, refusal: () => refusal, dispose: () => dispose(device) }
}

async function use(): Promise<void> {
  tf.env().set('WEBGPU_CPU_FORWARD', true)
  await tf.setBackend(STOCK)
}

function dispose(device: GPUDevice): void {
  tf.removeBackend(STOCK)
  for (const { kernelName } of tf.getKernelsForBackend(STOCK)) tf.unregisterKernel(kernelName, STOCK)
  device.destroy()
}

/** Steps of plain operations, each with tfjs's own kernels, and of nothing but what trains. */
export class StockSteps {
  private readonly backend: GPUBackend
  private readonly learner: Learner
  private readonly layout: Layout
  private metrics: tf.Tensor = tf.zeros([2])

  /**
   * While tfjs computes with that backend.
   * @param create makes the learner
   */
  constructor({ backend }: StockTfjs, create: () => Learner, layout: Layout) {
    this.backend = backend
    this.learner = withoutFusedKernels(create)
    this.layout = layout
  }

  step(host: HostBatch): void {
    const { learner } = this
    const { config, updates } = learner
    const batch = toTensors(host, this.layout)
    const constants = stepConstants(stepSettings(config, updates), updates + 1, config.depth)
    this.metrics.dispose()
    this.metrics = withoutFusedKernels(() => trainStep(learner, batch, constants, false))
    learner.updates += 1
    disposeBatch(batch)
    tf.dispose({ ...constants })
    flush(this.backend)
  }

  async idle(): Promise<void> {
    await this.backend.device.queue.onSubmittedWorkDone()
  }

  /** Of the latest step. */
  async loss(): Promise<number> {
    return (await this.metrics.data())[0]
  }

  dispose(): void {
    this.metrics.dispose()
    disposeLearner(this.learner)
  }
}
