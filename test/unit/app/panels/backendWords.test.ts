import { expect, test } from 'vitest'
import { BACKENDS, speedOf } from '../../../../src/app/panels/backendWords.ts'

const event = { type: 'backend', backend: 'webgpu', passedOver: [] } as const

test('a software adapter is not praised as a fast one', () => {
  expect(speedOf({ ...event, adapter: 'google swiftshader' })).toContain('slow')
  expect(speedOf({ ...event, adapter: 'nvidia ampere' })).toBe(BACKENDS.webgpu.speed)
  expect(speedOf({ ...event, adapter: '' })).toBe(BACKENDS.webgpu.speed)
})
