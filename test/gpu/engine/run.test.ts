import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { chooseBackend, measureMemory } from '../../../src/engine/backend.ts'
import { tinyRun, trainLosses } from '../../support/tinyRun.ts'

beforeAll(async () => {
  await chooseBackend('webgpu', () => undefined)
})

test('the same seed gives the same losses, another seed others', async () => {
  const lossesOf = async (seed: number) => {
    const run = tinyRun({ seed })
    const losses = await trainLosses(run, 3)
    run.dispose()
    return losses
  }
  const first = await lossesOf(1)
  expect(await lossesOf(1)).toEqual(first)
  expect(await lossesOf(2)).not.toEqual(first)
})

test('tensors and GPU bytes do not grow over 200 steps with pictures in between', async () => {
  const run = tinyRun({ depth: 1, targetLayers: 1, batchSize: 2, flip: true })
  const advance = async (steps: number) => {
    for (let i = 0; i < steps; i += 25) {
      for (let j = 0; j < 25; j++) run.advance(j === 24)
      await run.metrics.read(() => 0)
      await run.look({ sample: i, mask: i })
    }
  }
  // tfjs hands buffers back at each submit, every 15 dispatches: how many are out at once depends on where in a step
  // the submits fall. A hundred steps have met every case.
  await advance(100)
  const { tensors, bytes } = measureMemory()
  await advance(200)
  expect(measureMemory()).toMatchObject({ tensors, bytes })
  run.dispose()
  expect(tf.memory().numTensors).toBeLessThan(tensors)
})
