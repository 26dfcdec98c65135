import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { stepSettings } from '../../../src/data2vec/schedule.ts'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { EagerStepper, MetricsWindow } from '../../../src/engine/eagerStepper.ts'
import { MetricsLog } from '../../../src/engine/metricsLog.ts'
import { noiseSteps } from '../../support/noiseSteps.ts'
import { CAPACITY } from '../../../src/engine/stepper.ts'
import { tinyConfig } from '../../support/tinyRun.ts'

const LEAST = { width: 16, heads: 2, depth: 1, targetLayers: 1 }
const SETTINGS = stepSettings(tinyConfig(), 0)

beforeAll(async () => {
  await chooseBackend('cpu', () => undefined)
})

test('gives back every step since the last read, diagnosed or not', async () => {
  const window = new MetricsWindow()
  const log = new MetricsLog(window)
  const push = (values: number[], step: number) => {
    window.push(tf.tensor1d(values))
    log.push(step, SETTINGS)
  }
  push([9, 9], 1)
  await log.read(0)
  expect(log.isEmpty).toBe(true)

  push([1, 2], 2)
  push([3, 4, 5, 6, 7], 3)
  const none = { target_std: null, pred_std: null, teacher_student_distance: null }
  const health = { target_std: 5, pred_std: 6, teacher_student_distance: 7 }
  const { tau, lr } = SETTINGS
  expect(await log.read(30)).toEqual([
    { step: 2, loss: 1, grad_norm: 2, ...none, tau, lr, step_ms: 15 },
    { step: 3, loss: 3, grad_norm: 4, ...health, tau, lr, step_ms: 15 },
  ])
  window.dispose()
})

test('is tried out without a trace, by a few of its samples', async () => {
  const trained = (overrides = {}) =>
    noiseSteps('image', (learner, layout) => new EagerStepper(learner, layout), {
      ...LEAST,
      batchSize: 12,
      ...overrides,
    })
  const tried = trained()
  const untried = trained()
  expect(await tried.next()).toEqual(await untried.next())
  const few = trained({ batchSize: 6 })
  const tensors = tf.memory().numTensors
  const asked: number[] = []
  const ms = await tried.stepper.tryOut((most) => {
    asked.push(most)
    few.advance()
    return few.batch
  }, SETTINGS)
  expect(ms).toBeGreaterThan(0)
  expect(asked).toEqual([8])
  expect(tf.memory().numTensors).toBe(tensors)
  for (let step = 0; step < 3; step++) expect(await tried.next()).toEqual(await untried.next())
  for (const each of [tried, untried, few]) each.dispose()
})

test('says when to read, in time to lose no step, and holds one tensor', async () => {
  const before = tf.memory().numTensors
  const window = new MetricsWindow()
  const log = new MetricsLog(window)
  let pushed = 0
  const push = () => {
    window.push(tf.tensor1d([++pushed, 0]))
    log.push(pushed, SETTINGS)
  }
  while (!log.isAlmostFull) push()
  push()
  expect(pushed).toBe(CAPACITY)
  const rows = await log.read(0)
  expect(rows.map(({ loss }) => loss)).toEqual(Array.from({ length: pushed }, (_, i) => i + 1))
  expect(tf.memory().numTensors).toBe(before + 1)
  window.dispose()
})
