import { expect, it } from 'vitest'
import { describeMask, whyFewer } from '../../../../src/app/figures/maskWords.ts'

const PATCH = { one: 'patch', many: 'patches' }

it.each([
  [[1, 1, 0, 0, 1, 1, 1, 0], '5 of 8 patches (63\u00a0%)'],
  [[0, 0, 0, 0], '0 of 4 patches (0\u00a0%)'],
])('%o is %s', (mask, words) => expect(describeMask(Uint8Array.from(mask), PATCH)).toBe(words))

it('spans of the first method may hide fewer than the ratio says, which is said', () => {
  const half = Uint8Array.of(1, 1, 0, 0)
  expect(whyFewer(half, { method: '1', maskRatio: 0.7 })).toContain('overlap')
  expect(whyFewer(half, { method: '1', maskRatio: 0.5 })).toBe('')
  expect(whyFewer(half, { method: '2', maskRatio: 0.7 })).toBe('')
})
