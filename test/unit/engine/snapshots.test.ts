import { beforeAll, describe, expect, test } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { Run } from '../../../src/engine/run.ts'
import { imageModality } from '../../../src/modalities/image/modality.ts'
import { createDataset } from '../../../src/modalities/image/samples.ts'
import { noisePictures, tinyConfig } from '../../support/tinyRun.ts'

beforeAll(async () => {
  await chooseBackend('cpu', () => undefined)
})

/** Of so many pictures of noise, what is said of a teacher that has learnt nothing yet. */
async function healthOfSet(count: number) {
  const config = tinyConfig({ imageSize: 8, patchSize: 4, depth: 1, targetLayers: 1, batchSize: 2 })
  const run = new Run('image', imageModality, config, (settings) =>
    createDataset(noisePictures(count, 8), settings),
  )
  const healths = []
  for (let sample = 0; sample < count; sample++) healths.push((await run.look({ sample, mask: 1 })).health)
  run.dispose()
  return healths
}

describe('the health that is said with a picture', () => {
  test('compares no sample with itself: of one alone, nothing is known', async () => {
    const [{ position_std }] = await healthOfSet(1)
    expect(position_std).toBeNaN()
  })

  test('of two samples is the same, whichever of them is shown', async () => {
    const [first, second] = await healthOfSet(2)
    expect(first.position_std).toBeGreaterThan(0.1)
    expect(second.position_std).toBeCloseTo(first.position_std, 5)
    expect(second.effective_rank).toBeCloseTo(first.effective_rank, 3)
  })
})
