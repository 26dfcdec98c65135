import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/ops/random.ts'
import { place } from '../../../src/probes/placing.ts'

function cloud(count: number, seed = 1): Float32Array {
  const random = Random.stream(seed, 'cloud')
  return Float32Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? 3 : 1) * random.normal())
}

function turned(points: Float32Array, angle: number, mirrored: boolean): Float32Array {
  return points.map((_, i) => {
    const [x, y] = [points[i - (i % 2)], (mirrored ? -1 : 1) * points[i - (i % 2) + 1]]
    return i % 2 === 0 ? Math.cos(angle) * x - Math.sin(angle) * y : Math.sin(angle) * x + Math.cos(angle) * y
  })
}

function furthest(one: Float32Array, other: Float32Array): number {
  return one.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i])), 0)
}

describe('places on the map', () => {
  test('stay where they were, however the same points are turned, mirrored, moved and scaled', () => {
    const before = place(cloud(200))
    fc.assert(
      fc.property(
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.boolean(),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (angle, mirrored, scale) => {
          const now = turned(cloud(200), angle, mirrored).map((value) => scale * (value + 1))
          // 32-bit floats: the shift by 1 costs a few of 24 bits.
          expect(furthest(place(now, before), before)).toBeLessThan(1e-5)
        },
      ),
    )
  })

  test('are no nearer to where they were under any other turn', () => {
    const before = place(cloud(50, 1))
    const now = place(cloud(50, 2), before)
    const moved = (points: Float32Array) =>
      points.reduce((sum, value, i) => sum + (value - before[i]) ** 2, 0)
    for (const mirrored of [false, true])
      for (let angle = 0; angle < 6.28; angle += 0.1)
        expect(moved(now)).toBeLessThanOrEqual(moved(turned(now, angle, mirrored)) + 1e-4)
  })

  test('fill the map although a few points lie far out, which stay within its rim', () => {
    const points = cloud(200)
    points.set([1e6, -1e6], 0)
    points.set([0, 4000], 2)
    const placed = place(points)
    expect(placed.every((value) => Math.abs(value) <= 1)).toBe(true)
    const distances = Array.from({ length: 200 }, (_, i) => Math.hypot(placed[2 * i], placed[2 * i + 1]))
    expect(distances.filter((distance) => distance > 0.3).length).toBeGreaterThan(60)
  })

  test('are the centre for points that are all in one place', () => {
    expect([...place(new Float32Array(6).fill(4))]).toEqual([0, 0, 0, 0, 0, 0])
  })
})
