import { expect, test } from 'vitest'
import { hasCollapsed } from '../../../../src/app/panels/collapse.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'

const collapse = resolveConfig('image', 'collapse')

test('is called when targets hardly vary any more', () => {
  expect(hasCollapsed(collapse, 200, 0.008)).toBe(true)
  expect(hasCollapsed(collapse, 200, 0.8)).toBe(false)
})

test('is not called in the first steps, without a measurement, or where targets have no scale', () => {
  expect(hasCollapsed(collapse, 3, 0.008)).toBe(false)
  expect(hasCollapsed(collapse, NaN, NaN)).toBe(false)
  expect(hasCollapsed({ targetNorm: 'none', targetFinalNorm: 'none' }, 200, 0.008)).toBe(false)
})
