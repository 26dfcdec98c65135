import * as tf from '@tensorflow/tfjs-core'
import { afterAll, describe, expect, test } from 'vitest'
import type { Probing } from '../../../src/config/probing.ts'
import { Run } from '../../../src/engine/run.ts'
import { imageModality } from '../../../src/modalities/image/modality.ts'
import { createDataset, type Pictures } from '../../../src/modalities/image/samples.ts'
import { noisePictures, tinyConfig } from '../../support/tinyRun.ts'

const COUNT = 150
const of = Array.from({ length: COUNT }, (_, i) => i % 3)

/** Noise, the red, green or blue of which is bright: three classes that are plain to see. */
function brightPictures(): Pictures {
  const { side, images, labels } = noisePictures(COUNT, 8)
  const brighten = (image: Uint8Array, i: number) =>
    image.map((value, at) => (at % 3 === of[i] ? 155 + value / 3 : value / 3))
  const classes = { names: ['red', 'green', 'blue'], of, subjectOf: of.map((_, i) => i), heldOut: 30 }
  return { side, images: images.map(brighten), labels, classes }
}

const PROBING: Probing = { network: 'teacher', layer: 0, pooling: 'mean', neighbours: 5 }
const LIMITS = { learnt: Infinity, tested: Infinity }
const config = tinyConfig({ imageSize: 8, patchSize: 4 })

function runOn(pictures: Pictures): Run {
  return new Run('image', imageModality, config, (settings) => createDataset(pictures, settings))
}

describe('a run on samples with classes', () => {
  const run = runOn(brightPictures())
  const prober = run.prober(LIMITS)
  if (prober === undefined) throw new Error('These samples have classes.')

  afterAll(() => {
    run.dispose()
  })

  test('is probed on what is held out, in several batches', async () => {
    const { knn, linear } = await prober.probe(PROBING)
    const tested = knn.confusion.reduce((sum, count) => sum + count, 0)
    expect(tested).toBe(30)
    expect(knn.accuracy).toBeGreaterThan(0.8) // even a random network can see what is plain
    expect(linear.accuracy).toBeGreaterThan(0.8)
  })

  test('is compared with its raw input', () => {
    const { knn, linear } = prober.probeRaw(PROBING)
    expect([knn.accuracy, linear.accuracy]).toEqual([1, 1])
  })

  test('is probed in the layer that is asked for, in one way or another', async () => {
    for (const pooling of ['meanStd', 'parts'] as const) {
      const { knn } = await prober.probe({ ...PROBING, layer: 2, pooling, network: 'student' })
      expect(knn.candidate).toBe(0)
      expect(knn.accuracy).toBeGreaterThan(0.8)
    }
  })

  test('says the same each time, and leaves no tensors', async () => {
    const before = tf.memory().numTensors
    expect(await prober.probe(PROBING)).toEqual(await prober.probe(PROBING))
    expect(tf.memory().numTensors).toBe(before)
  })
})

test('samples without classes cannot be probed', () => {
  const run = runOn(noisePictures(20, 8))
  expect(run.prober(LIMITS)).toBeUndefined()
  run.dispose()
})
