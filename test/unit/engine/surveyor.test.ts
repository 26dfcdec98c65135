import * as tf from '@tensorflow/tfjs-core'
import { afterAll, describe, expect, test } from 'vitest'
import type { Probing } from '../../../src/config/probing.ts'
import { disposeLearner } from '../../../src/data2vec/learner.ts'
import { Run } from '../../../src/engine/run.ts'
import { imageModality } from '../../../src/modalities/image/modality.ts'
import { createDataset, type Pictures } from '../../../src/modalities/image/samples.ts'
import { Analyst } from '../../../src/probes/analyst.ts'
import { brightPictures } from '../../support/brightPictures.ts'
import { noisePictures, tinyConfig } from '../../support/tinyRun.ts'

const COUNT = 150
const PROBING: Probing = {
  probeNetwork: 'teacher',
  probeLayer: 0,
  probePooling: 'mean',
  probeStyles: 'all',
  probeNeighbours: 5,
}
const LIMITS = { learnt: Infinity, tested: Infinity }
const config = tinyConfig({ imageSize: 8, patchSize: 4 })

function runOn(pictures: Pictures): Run {
  return new Run('image', imageModality, config, (settings) => createDataset(pictures, settings))
}

describe('a run on samples with classes', () => {
  const run = runOn(brightPictures(COUNT, 30))
  const { samples, task } = run.survey(LIMITS)
  const surveyor = run.surveyor(samples)
  const analyst = new Analyst()
  analyst.open({ task, raw: surveyor.raw() })
  const probe = async (probing = PROBING) => {
    const layers = await surveyor.encode(run.learner, probing)
    const scores = layers && analyst.score(layers, probing.probeNeighbours)
    if (scores === undefined) throw new Error('These samples have classes.')
    return scores
  }

  afterAll(() => {
    run.dispose()
  })

  test('is probed on what is held out, in several batches', async () => {
    const { knn, linear } = await probe()
    const tested = knn.confusion.reduce((sum, count) => sum + count, 0)
    expect(tested).toBe(30)
    expect(knn.accuracy).toBeGreaterThan(0.8) // even a random network can see what is plain
    expect(linear.accuracy).toBeGreaterThan(0.8)
  })

  test('is seen in several poolings at once as in each of them', async () => {
    const poolings = ['parts', 'mean'] as const
    const each = await surveyor.encodeInEach(poolings, run.learner, PROBING)
    for (const [i, probePooling] of poolings.entries())
      expect(each?.[i]).toEqual(await surveyor.encode(run.learner, { ...PROBING, probePooling }))
  })

  test('is compared with its raw input', () => {
    const scores = analyst.scoreRaw(5)
    expect([scores?.knn.accuracy, scores?.linear.accuracy]).toEqual([1, 1])
  })

  test('is probed in the layer that is asked for, in one way or another', async () => {
    for (const probePooling of ['meanStd', 'parts'] as const) {
      const { knn } = await probe({ ...PROBING, probeLayer: 2, probePooling, probeNetwork: 'student' })
      expect(knn.candidate).toBe(0)
      expect(knn.accuracy).toBeGreaterThan(0.8)
    }
  })

  test('says the same each time, and leaves no tensors', async () => {
    const before = tf.memory().numTensors
    expect(await probe()).toEqual(await probe())
    expect(tf.memory().numTensors).toBe(before)
  })
})

test('a survey is given up when that is wanted', async () => {
  const run = runOn(brightPictures(COUNT, 30))
  const surveyor = run.surveyor(run.survey(LIMITS).samples)
  const asked: number[] = []
  const goesOn = (done: number) => asked.push(done) < 2
  expect(await surveyor.encode(run.learner, PROBING, { take: (work) => work(), goesOn })).toBeUndefined()
  expect(asked).toEqual([0, 64 / COUNT])
  run.dispose()
})

test('samples without classes can be surveyed, but there is nothing to tell', () => {
  const run = runOn(noisePictures(20, 8))
  expect(run.survey({ learnt: 15, tested: 5 })).toMatchObject({ samples: { length: 15 }, task: undefined })
  run.dispose()
})

test('the network at its random start is the same whatever was learnt since', async () => {
  const run = runOn(brightPictures(COUNT, 30))
  const surveyor = run.surveyor(run.survey({ learnt: 10, tested: 0 }).samples)
  const before = await surveyor.encode(run.learner, PROBING)
  run.advance(false)
  await run.metrics.read(0)
  const start = run.createStart()
  expect(await surveyor.encode(run.learner, PROBING)).not.toEqual(before)
  expect(await surveyor.encode(start, PROBING)).toEqual(before)
  disposeLearner(start)
  run.dispose()
})
