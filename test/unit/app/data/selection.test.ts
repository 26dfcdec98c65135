import { expect, it } from 'vitest'
import { among, NOTHING, toggled, withRange } from '../../../../src/app/data/selection.ts'

it('toggles one image in and out', () => {
  const one = toggled(NOTHING, 7)
  expect([...one]).toEqual([7])
  expect([...toggled(one, 7)]).toEqual([])
})

it('adds a range in either direction and keeps what was selected', () => {
  const ids = [10, 11, 12, 13]
  expect([...withRange(new Set([10]), ids, 3, 2)]).toEqual([10, 12, 13])
})

it('forgets images that were removed', () => {
  expect([...among(new Set([1, 2]), [2, 3])]).toEqual([2])
})
