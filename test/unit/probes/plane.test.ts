import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/ops/random.ts'
import type { Features } from '../../../src/probes/features.ts'
import { principalPlane } from '../../../src/probes/plane.ts'
import { clusters, separation } from '../../support/clusters.ts'

/** Three columns say one thing, two another, the last says nothing: standardised, their axes are known. */
function known(count: number): { features: Features; first: number[]; second: number[] } {
  const random = Random.stream(3, 'plane')
  const first = Array.from({ length: count }, () => random.normal())
  const second = Array.from({ length: count }, () => random.normal())
  const rows = first.flatMap((value, i) => [value, 2 * value + 5, -value, second[i], 9 * second[i], 7])
  return { features: { count, width: 6, values: Float32Array.from(rows) }, first, second }
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (of: ArrayLike<number>) => Array.from(of).reduce((sum, value) => sum + value, 0) / of.length
  const product = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((sum, value, i) => sum + (value - mean(x)) * (y[i] - mean(y)), 0)
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}

describe('the principal plane', () => {
  test('shows what most columns say along its first axis, what fewer say along its second', () => {
    const { features, first, second } = known(400)
    const points = principalPlane(features)
    const along = (axis: number) => points.filter((_, i) => i % 2 === axis)
    // The two are independent but for the chance of 400 draws, which tilts the axes by a few hundredths.
    expect(Math.abs(correlation(along(0), first))).toBeGreaterThan(0.98)
    expect(Math.abs(correlation(along(1), second))).toBeGreaterThan(0.98)
    expect(correlation(along(0), along(1))).toBeCloseTo(0, 4)
  })

  test('keeps clusters apart', () => {
    expect(separation(principalPlane(clusters(120, 16, 3)), 3)).toBeGreaterThan(4)
  })

  test('has a place for samples that are all alike, and for one feature', () => {
    const alike = { count: 4, width: 3, values: new Float32Array(12).fill(2) }
    expect([...principalPlane(alike)].every((value) => value === 0)).toBe(true)
    const line = principalPlane({ count: 3, width: 1, values: Float32Array.of(1, 2, 3) })
    expect([...line].every(Number.isFinite)).toBe(true)
    expect(Math.abs(line[4] - line[0])).toBeCloseTo(2 * Math.sqrt(1.5), 5) // in standard deviations
  })
})
