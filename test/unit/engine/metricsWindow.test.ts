import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { stepSettings } from '../../../src/data2vec/schedule.ts'
import { MetricsWindow } from '../../../src/engine/metricsWindow.ts'
import { tinyConfig } from '../../support/tinyRun.ts'

const SETTINGS = stepSettings(tinyConfig(), 0)

beforeAll(async () => {
  await chooseBackend('cpu', () => undefined)
})

test('gives back every step since the last read, diagnosed or not', async () => {
  const metrics = new MetricsWindow()
  metrics.push(tf.tensor1d([9, 9]), 1, SETTINGS)
  await metrics.read(() => 0)
  expect(metrics.isEmpty).toBe(true)

  metrics.push(tf.tensor1d([1, 2]), 2, SETTINGS)
  metrics.push(tf.tensor1d([3, 4, 5, 6, 7]), 3, SETTINGS)
  const none = { target_std: null, pred_std: null, teacher_student_distance: null }
  const health = { target_std: 5, pred_std: 6, teacher_student_distance: 7 }
  const { tau, lr } = SETTINGS
  expect(await metrics.read(() => 30)).toEqual([
    { step: 2, loss: 1, grad_norm: 2, ...none, tau, lr, step_ms: 15 },
    { step: 3, loss: 3, grad_norm: 4, ...health, tau, lr, step_ms: 15 },
  ])
  metrics.dispose()
})

test('says when to read, in time to lose no step, and holds one tensor', async () => {
  const before = tf.memory().numTensors
  const metrics = new MetricsWindow()
  let pushed = 0
  while (!metrics.isAlmostFull) metrics.push(tf.tensor1d([++pushed, 0]), pushed, SETTINGS)
  metrics.push(tf.tensor1d([++pushed, 0]), pushed, SETTINGS)
  const rows = await metrics.read(() => 0)
  expect(rows.map(({ loss }) => loss)).toEqual(Array.from({ length: pushed }, (_, i) => i + 1))
  expect(tf.memory().numTensors).toBe(before + 1)
  metrics.dispose()
})
