import { expect, test } from 'vitest'
import { remedyFor } from '../../../../src/app/health/remedy.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import type { Overrides } from '../../../../src/config/preset.ts'

const remedy = (overrides: Overrides) => {
  const { field, value } = remedyFor(
    { modality: 'image', preset: 'tiny', overrides },
    resolveConfig('image', 'tiny', overrides),
  )
  return [field, value]
}

const { lr, clipNorm } = resolveConfig('image', 'tiny')

test('gradients that are not clipped are clipped as the preset does, whatever else was turned', () => {
  expect(remedy({ clipNorm: 0, lr: 0.1 })).toEqual(['clipNorm', clipNorm])
})

test('a learning rate above the preset’s goes back to it', () => {
  expect(remedy({ lr: 0.1 })).toEqual(['lr', lr])
})

test('the preset’s own learning rate and lower ones are divided by ten, down to the least that there is', () => {
  expect(remedy({})).toEqual(['lr', lr / 10])
  expect(
    remedyFor({ modality: 'image', preset: 'small', overrides: {} }, resolveConfig('image', 'small')).value,
  ).toBe(0.0003)
  expect(remedy({ lr: 0.00002 })).toEqual(['lr', 0.00001])
})

test('what the preset needs for a sample set and a method counts as its own', () => {
  const small = { modality: 'image', preset: 'small', overrides: { samples: 'fashion', lr: 0.05 } } as const
  const { value } = remedyFor(small, resolveConfig('image', 'small', small.overrides))
  expect(value).toBe(resolveConfig('image', 'small', { samples: 'fashion' }).lr)
})
