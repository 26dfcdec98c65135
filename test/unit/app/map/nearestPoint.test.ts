import { describe, expect, test } from 'vitest'
import { middlePoint, nearestPoint, pointAfterKey } from '../../../../src/app/map/nearestPoint.ts'

/** A cross with its middle first, then right, left, up and down, and one far out to the upper right. */
const POINTS = Float32Array.of(0, 0, 0.5, 0.1, -0.5, 0, 0, 0.5, 0.1, -0.5, 0.9, 0.8)

describe('a place on the map', () => {
  test('means the point nearest to it, if that is near enough', () => {
    expect(nearestPoint(POINTS, 0.4, 0, 0.2)).toBe(1)
    expect(nearestPoint(POINTS, 0.4, 0, 0.05)).toBeNull()
    expect(nearestPoint(new Float32Array(), 0, 0, 1)).toBeNull()
  })

  test('to begin with is the middle', () => {
    expect(middlePoint(POINTS)).toBe(0)
    expect(middlePoint(new Float32Array())).toBe(0)
  })
})

describe('arrow keys', () => {
  test.each([
    ['ArrowRight', 1],
    ['ArrowLeft', 2],
    ['ArrowUp', 3],
    ['ArrowDown', 4],
  ])('%s leads to the nearest point that way', (key, point) => {
    expect(pointAfterKey(key, POINTS, 0)).toBe(point)
  })

  test('stay where nothing lies ahead; other keys do nothing', () => {
    expect(pointAfterKey('ArrowLeft', POINTS, 2)).toBe(2)
    expect(pointAfterKey('Home', POINTS, 0)).toBeUndefined()
  })

  test('reach every point of a crowd', () => {
    const crowd = Float32Array.from({ length: 80 }, (_, i) => Math.sin(7.3 * i * i))
    const reached = new Set([middlePoint(crowd)])
    for (const from of reached)
      for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'])
        reached.add(pointAfterKey(key, crowd, from) ?? from)
    expect(reached.size).toBe(40)
  })
})
