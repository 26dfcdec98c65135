import * as tf from '@tensorflow/tfjs-core'
import { layerNorm } from '../ops/norm.ts'
import { setTeams } from '../ops/webgpu/teams.ts'
import { clockTick } from '../ops/webgpu/clockTick.ts'
import { flush } from '../ops/webgpu/tfjs.ts'
import type { WebGPU } from './webgpu.ts'

/** Rows and columns like those of a small model. */
const SHAPE: [number, number] = [256, 128]

const FEWEST_NORMS = 4
const MOST_NORMS = 256
const ROUNDS = 3

/** So many ticks of the clock tell three times as long from as long. */
const LEAST_TICKS = 8

/**
 * How many times as long workgroups must take for threads to work alone. Software adapters pay for every barrier and
 * take ten times as long; on GPUs both take little, and what differs between two measurements is mostly noise.
 */
const CLEARLY_SLOWER = 3

/** Finds out whether rows are to be normalised by a workgroup each or by a thread each. */
export async function measureTeams(gpu: WebGPU): Promise<void> {
  const best = { together: Infinity, alone: Infinity }
  const count = await countNorms(gpu)
  for (let round = 0; round < ROUNDS; round++) {
    best.together = Math.min(best.together, await timeNorms(gpu, true, count))
    best.alone = Math.min(best.alone, await timeNorms(gpu, false, count))
  }
  setTeams(gpu.capturing.device, best.together < CLEARLY_SLOWER * best.alone)
}

/** How many norms by workgroups take so long that the clock can tell. */
async function countNorms(gpu: WebGPU): Promise<number> {
  let count = FEWEST_NORMS
  while (count < MOST_NORMS && (await timeNorms(gpu, true, count)) < LEAST_TICKS * clockTick()) count *= 2
  return count
}

/** Milliseconds of some norms, at least a tick of the clock. The first is not counted: it may be compiled. */
async function timeNorms(gpu: WebGPU, together: boolean, count: number): Promise<number> {
  setTeams(gpu.capturing.device, together)
  await runNorms(gpu, 1)
  const begun = performance.now()
  await runNorms(gpu, count)
  return Math.max(performance.now() - begun, clockTick())
}

async function runNorms({ backend, capturing }: WebGPU, count: number): Promise<void> {
  tf.tidy(() => {
    const [x, gain, bias] = [tf.ones(SHAPE), tf.ones([SHAPE[1]]), tf.zeros([SHAPE[1]])]
    for (let i = 0; i < count; i++) layerNorm(x, 1e-5, gain, bias)
  })
  flush(backend)
  await capturing.real.queue.onSubmittedWorkDone()
}
