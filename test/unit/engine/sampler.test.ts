import { describe, expect, test } from 'vitest'
import { Sampler } from '../../../src/engine/sampler.ts'
import { createDataset } from '../../../src/modalities/image/samples.ts'
import { imageModality } from '../../../src/modalities/image/modality.ts'
import { noisePictures, tinyConfig } from '../../support/tinyRun.ts'
import type { Config } from '../../../src/config/schema.ts'

const SAMPLES = 10

function createSampler(overrides: Partial<Config> = {}) {
  const config = tinyConfig(overrides)
  const dataset = createDataset(noisePictures(SAMPLES), () => config)
  return {
    config,
    dataset,
    sampler: new Sampler(imageModality, imageModality.layout(config), dataset, config),
  }
}

function drawBatches(count: number, overrides: Partial<Config> = {}) {
  const { config, sampler } = createSampler(overrides)
  return Array.from({ length: count }, () => {
    sampler.next(config)
    const { input, mask, samples } = sampler.batch
    return { input: input.slice(), mask: mask.slice(), samples: [...samples] }
  })
}

describe('Sampler', () => {
  test('shows every sample once before any comes again', () => {
    const order = drawBatches(5).flatMap(({ samples }) => samples) // 20 samples in batches of four: two epochs
    const everySample = Array.from({ length: SAMPLES }, (_, i) => i)
    const epochs = [order.slice(0, SAMPLES), order.slice(SAMPLES)]
    for (const epoch of epochs) expect(epoch.toSorted((a, b) => a - b)).toEqual(everySample)
    expect(epochs[0]).not.toEqual(epochs[1])
  })

  test('fills a batch that is larger than the set', () => {
    const [{ samples }] = drawBatches(1, { batchSize: 25 })
    expect(new Set(samples)).toHaveLength(SAMPLES)
  })

  test('draws the same from the same seed, and otherwise from another', () => {
    const flipped = { flip: true }
    expect(drawBatches(4, flipped)).toEqual(drawBatches(4, flipped))
    expect(drawBatches(4)).not.toEqual(drawBatches(4, { seed: 2 }))
  })

  test('draws the same batches under another mask ratio', () => {
    const few = drawBatches(3, { maskRatio: 0.3 })
    const many = drawBatches(3, { maskRatio: 0.8 })
    expect(many.map(({ samples }) => samples)).toEqual(few.map(({ samples }) => samples))
    expect(many[0].mask).not.toEqual(few[0].mask)
  })

  test('writes the input of each sample at its place, and masks some of each', () => {
    const { config, dataset, sampler } = createSampler()
    sampler.next(config)
    const { input, mask: masks, samples, written } = sampler.batch
    const length = input.length / config.batchSize
    const masked = masks.length / config.batchSize
    samples.forEach((sample, i) => {
      const expected = new Float32Array(length)
      dataset.write(sample, expected, 0, undefined)
      expect(input.slice(i * length, (i + 1) * length)).toEqual(expected)
      expect(written[i]).toEqual({ length: masked, start: 0 })
      const mask = masks.slice(i * masked, (i + 1) * masked)
      expect(mask).toContain(1)
      expect(mask).toContain(0)
    })
  })

  test('announces the sample that the next batch begins with', () => {
    const { config, sampler } = createSampler()
    const { upcoming } = sampler
    sampler.next(config)
    expect(sampler.batch.samples[0]).toBe(upcoming)
  })
})
