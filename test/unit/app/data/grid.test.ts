import { describe, expect, it } from 'vitest'
import { moveByKey, scrollToShow, visibleRange, type Grid } from '../../../../src/app/data/grid.ts'

const GRID: Grid = { count: 5000, columns: 6, rowHeight: 50, viewHeight: 200 }

describe('moveByKey', () => {
  it.each([
    ['ArrowRight', 7, 8],
    ['ArrowLeft', 7, 6],
    ['ArrowDown', 7, 13],
    ['ArrowUp', 7, 1],
    ['ArrowUp', 3, 3],
    ['ArrowDown', 4998, 4998],
    ['ArrowLeft', 0, 0],
    ['ArrowRight', 4999, 4999],
    ['PageDown', 7, 31],
    ['PageUp', 7, 0],
    ['Home', 7, 0],
    ['End', 7, 4999],
    ['x', 7, undefined],
  ])('%s from %d goes to %d', (key, from, to) => expect(moveByKey(key, from, GRID)).toBe(to))

  it('stays on a single image', () => {
    for (const key of ['ArrowDown', 'ArrowRight', 'End', 'PageDown'])
      expect(moveByKey(key, 0, { ...GRID, count: 1 })).toBe(0)
  })
})

describe('visibleRange', () => {
  it('draws a few rows of thousands', () => expect(visibleRange(GRID, 1000)).toEqual([114, 150]))
  it('starts at the top', () => expect(visibleRange(GRID, 0)).toEqual([0, 30]))
  it('ends with the last image', () => expect(visibleRange(GRID, 1e6)[1]).toBe(5000))
  it('is empty without images', () => expect(visibleRange({ ...GRID, count: 0 }, 0)).toEqual([0, 0]))
})

describe('scrollToShow', () => {
  it('stays where the image is in view', () => expect(scrollToShow(GRID, 13, 50)).toBe(50))
  it('scrolls up to a row above', () => expect(scrollToShow(GRID, 13, 300)).toBe(100))
  it('scrolls down until a row below is whole', () => expect(scrollToShow(GRID, 61, 0)).toBe(350))
})
