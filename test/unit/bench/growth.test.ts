import { expect, test } from 'vitest'
import { resolveConfig } from '../../../src/config/presets.ts'
import { checkConfig } from '../../../src/config/check.ts'
import { measureGrowth } from '../../bench/growth.ts'

test('each size is measured by itself, with settings that make a network', async () => {
  const growth = await measureGrowth((overrides) => {
    const config = resolveConfig('image', 'tiny', { samples: 'own', ...overrides })
    expect(checkConfig('image', config)).toEqual([])
    const { batchSize, imageSize, patchSize, width, depth } = config
    const tokens = (imageSize / patchSize) ** 2
    return Promise.resolve(batchSize * tokens ** 1.5 * width ** 2 * depth ** 0.5)
  })
  expect(growth.batch).toBeCloseTo(1)
  expect(growth.tokens).toBeCloseTo(1.5)
  expect(growth.width).toBeCloseTo(2)
  expect(growth.depth).toBeCloseTo(0.5)
})
