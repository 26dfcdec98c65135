import { expect, test } from 'vitest'
import { checkConfig } from '../../../src/config/check.ts'
import { MOST_BYTES } from '../../../src/config/mostBytes.ts'
import { resolveConfig } from '../../../src/config/presets.ts'
import { surveyBatch } from '../../../src/config/surveyBatch.ts'

test('small networks are looked into by 64 samples at a time, larger ones by fewer', () => {
  expect(surveyBatch('image', resolveConfig('image', 'small'))).toBe(64)
  const base = surveyBatch('image', resolveConfig('image', 'base'))
  expect(base).toBeGreaterThan(8)
  expect(base).toBeLessThan(64)
})

test('what a step of few samples may have does not overflow a survey', () => {
  const config = resolveConfig('image', 'small', {
    ...{ method: '1', imageSize: 64, patchSize: 2, width: 512, depth: 10, batchSize: 4 },
  })
  expect(checkConfig('image', config)).toEqual([])
  const hidden = 4 * 1024 * 4 * 512 // bytes of one sample's hidden layer in one block
  expect(surveyBatch('image', config) * config.depth * hidden).toBeLessThan(MOST_BYTES)
})

test('a long clip’s convolutions count', () => {
  const config = resolveConfig('audio', 'base', { clipSeconds: 2, convChannels: 256, batchSize: 16 })
  expect(checkConfig('audio', config)).toEqual([])
  const first = 4 * 6400 * 256 // bytes of what the first convolution makes of 32,000 samples
  expect(surveyBatch('audio', config) * first).toBeLessThan(MOST_BYTES)
})
