import { describe, expect, test } from 'vitest'
import type { Features } from '../../../src/probes/features.ts'
import { place } from '../../../src/probes/placing.ts'
import { principalPlane } from '../../../src/probes/plane.ts'
import { Umap } from '../../../src/probes/umap.ts'
import { clusters, separation } from '../../support/clusters.ts'

function begin(features: Features): Umap {
  return new Umap(features, { points: place(principalPlane(features)), isLater: false })
}

function finish(umap: Umap): Float32Array {
  while (!umap.isDone) umap.advance()
  return umap.points
}

describe('a UMAP', () => {
  test('keeps clusters apart that have run into each other on the principal plane', () => {
    const features = clusters(240, 24, 8, { spread: 0.9 })
    expect(separation(principalPlane(features), 8)).toBeLessThan(1)
    expect(separation(finish(begin(features)), 8)).toBeGreaterThan(2)
  })

  test('is the same each time', () => {
    const features = clusters(60, 8, 3)
    expect(finish(begin(features))).toEqual(finish(begin(features)))
  })

  test('begins at given places, says how far it is, and can be left unfinished', () => {
    const features = clusters(60, 8, 3)
    const points = place(principalPlane(features))
    const umap = new Umap(features, { points, isLater: true })
    const seen = [umap.progress]
    expect(umap.points).toEqual(points)
    while (umap.progress < 0.4) {
      umap.advance()
      seen.push(umap.progress)
    }
    umap.points.forEach((value, i) => expect(value).toBeCloseTo(points[i], 6)) // joined, and no round made yet
    while (umap.progress < 0.7) {
      umap.advance()
      seen.push(umap.progress)
    }
    expect(umap.isDone).toBe(false)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    finish(umap)
    expect(umap.progress).toBe(1)
    umap.advance() // nothing is left to do
    expect(umap.progress).toBe(1)
  })

  test('of nearly the same features stays about where it was', () => {
    const features = clusters(120, 8, 3)
    const first = place(finish(begin(features)))
    const drifted = { ...features, values: features.values.map((value, i) => value + 0.02 * Math.sin(i)) }
    const next = place(finish(new Umap(drifted, { points: first, isLater: true })), first)
    const moved = next.reduce((sum, value, i) => sum + Math.abs(value - first[i]), 0) / next.length
    expect(moved).toBeLessThan(0.1) // of a map of radius 1
  })

  test('bears samples that are all alike', () => {
    const alike = { count: 20, width: 3, values: new Float32Array(60).fill(2) }
    expect([...finish(begin(alike))].every(Number.isFinite)).toBe(true)
  })
})
