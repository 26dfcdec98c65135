import { describe, expect, test } from 'vitest'
import { Cartographer } from '../../../src/probes/cartographer.ts'
import type { Features } from '../../../src/probes/features.ts'
import { clusters } from '../../support/clusters.ts'

const FEATURES = clusters(60, 8, 3)

/** Nearly the same features with their axes the other way round, as a step of training may leave them. */
function drifted({ values, ...rest }: Features): Features {
  return { ...rest, values: values.map((value, i) => 0.01 * Math.sin(i) - value) }
}

function meanMove(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]), 0) / one.length
}

describe('a map', () => {
  test('of a plane is there at once, and neither flips nor jumps as features change', () => {
    const cartographer = new Cartographer({ step: 0, features: FEATURES })
    const first = cartographer.draw('pca', 0)
    expect(first).toMatchObject({ step: 0, progress: 1, isUpToDate: true })
    cartographer.follow({ step: 10, features: drifted(FEATURES) })
    const next = cartographer.draw('pca', 0)
    expect(next.step).toBe(10)
    expect(meanMove(next.points, first.points)).toBeLessThan(0.02) // of a map of radius 1
  })

  test('by UMAP begins at the plane, is finished first and then made of newer features', () => {
    const cartographer = new Cartographer({ step: 0, features: FEATURES })
    const plane = cartographer.draw('pca', 0)
    const begun = cartographer.draw('umap', 0)
    expect(begun).toMatchObject({ step: 0, isUpToDate: false })
    expect(meanMove(begun.points, plane.points)).toBeLessThan(0.005) // the rim is drawn in once more
    cartographer.follow({ step: 10, features: drifted(FEATURES) })
    const steps: number[] = []
    for (let sketch = begun; !sketch.isUpToDate;) {
      sketch = cartographer.draw('umap', 0)
      if (sketch.progress === 1) steps.push(sketch.step)
    }
    expect(steps).toEqual([0, 10])
  })

  test('by UMAP is left when the plane is asked for', () => {
    const cartographer = new Cartographer({ step: 0, features: FEATURES })
    cartographer.draw('umap', 0)
    expect(cartographer.draw('pca', 0)).toMatchObject({ progress: 1, isUpToDate: true })
    expect(cartographer.draw('umap', 0).progress).toBeLessThan(0.5)
  })

  test('hands out points that are the page’s own', () => {
    const cartographer = new Cartographer({ step: 0, features: FEATURES })
    const first = cartographer.draw('pca', 0)
    const kept = Float32Array.from(first.points)
    first.points.fill(9)
    expect(cartographer.draw('pca', 0).points).toEqual(kept)
  })
})
