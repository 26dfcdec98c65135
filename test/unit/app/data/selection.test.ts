import { expect, it } from 'vitest'
import { among, isLarge, NOTHING, toggled, withRange } from '../../../../src/app/data/selection.ts'

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

it('stays the same one while others come in: what is being typed of it is not lost', () => {
  const two = new Set([1, 2])
  expect(among(two, [1, 2, 3])).toBe(two)
})

it('is large when it is everything or many, and never when it is nothing', () => {
  const first = (count: number) => new Set(Array.from({ length: count }, (_, id) => id))
  expect(isLarge(first(3), 3)).toBe(true)
  expect(isLarge(first(2), 3)).toBe(false)
  expect(isLarge(first(21), 5000)).toBe(true)
  expect(isLarge(first(20), 5000)).toBe(false)
  expect(isLarge(NOTHING, 0)).toBe(false)
})
