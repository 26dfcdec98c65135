import * as tf from '@tensorflow/tfjs-core'
import { layerNorm } from '../ops/norm.ts'
import { setTeams } from '../ops/webgpu/teams.ts'
import { flush } from '../ops/webgpu/tfjs.ts'
import type { WebGPU } from './webgpu.ts'

/** Rows and columns like those of a small model. */
const SHAPE: [number, number] = [256, 128]

const REPEATS = 4

/**
 * Finds out whether rows are normalised faster by a thread each or by a workgroup each: GPUs want the threads, software
 * adapters pay dearly for every barrier.
 */
export async function measureTeams(gpu: WebGPU): Promise<void> {
  const together = await timeNorms(gpu, true)
  const alone = await timeNorms(gpu, false)
  setTeams(gpu.capturing.device, together <= alone)
}

/** Milliseconds of some norms, the first of them not counted: it is compiled. */
async function timeNorms(gpu: WebGPU, together: boolean): Promise<number> {
  setTeams(gpu.capturing.device, together)
  await runNorms(gpu, 1)
  const begun = performance.now()
  await runNorms(gpu, REPEATS)
  return performance.now() - begun
}

async function runNorms({ backend, capturing }: WebGPU, count: number): Promise<void> {
  tf.tidy(() => {
    const [x, gain, bias] = [tf.ones(SHAPE), tf.ones([SHAPE[1]]), tf.zeros([SHAPE[1]])]
    for (let i = 0; i < count; i++) layerNorm(x, 1e-5, gain, bias)
  })
  flush(backend)
  await capturing.real.queue.onSubmittedWorkDone()
}
