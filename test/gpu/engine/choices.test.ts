import { afterEach, expect, test, vi } from 'vitest'
import { recall, remember } from '../../../src/engine/choices.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

test('what was measured is remembered for its adapter, and for no other', async () => {
  await remember('one adapter', { product: 'fast' })
  await remember('another', { product: 'slow' })
  expect(await recall('one adapter')).toEqual({ product: 'fast' })
  expect(await recall('a third')).toBeUndefined()
})

test('a browser that keeps nothing is no failure', async () => {
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
    throw new DOMException('refused', 'SecurityError')
  })
  await remember('one adapter', { product: 'other' })
  expect(await recall('one adapter')).toBeUndefined()
})
