import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { preparedRun, trainLosses } from '../../support/tinyRun.ts'

const STEPS = 4

/** Float32 sums in another order differ in the seventh digit; four updates of Adam carry that to the fifth. */
const TOLERANCE = 1e-4

let expected: readonly number[]

beforeAll(async () => {
  await import('@tensorflow/tfjs-backend-webgl')
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true) // tfjs declines WebGL without a GPU, which is all that CI has
  await chooseBackend('cpu', () => undefined)
  const run = await preparedRun()
  expected = await trainLosses(run, STEPS)
  run.dispose()
})

describe.each(['webgpu', 'webgl', 'wasm', 'cpu'] as const)('%s', (backend) => {
  test('trains with the same losses as plain JavaScript, and frees all it took', async () => {
    expect(await chooseBackend(backend, () => undefined)).toMatchObject({ backend, passedOver: [] })
    const before = tf.memory().numTensors
    const run = await preparedRun()
    const losses = await trainLosses(run, STEPS)
    run.dispose()
    losses.forEach((loss, i) => expect(Math.abs(loss - expected[i])).toBeLessThan(TOLERANCE))
    expect(tf.memory().numTensors).toBe(before)
  })
})

test('a backend that was asked for is used although a faster one is there', async () => {
  expect(await chooseBackend('wasm', () => undefined)).toMatchObject({ backend: 'wasm' })
  expect(tf.getBackend()).toBe('wasm')
  expect(await chooseBackend('auto', () => undefined)).toMatchObject({ backend: 'webgpu' })
  expect(tf.getBackend()).toBe('webgpu')
})
