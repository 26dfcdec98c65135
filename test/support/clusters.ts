import { Random } from '../../src/ops/random.ts'
import type { Features } from '../../src/probes/features.ts'

/** Samples around a few centres, one after another: row i belongs to cluster i modulo their number. */
export function clusters(
  count: number,
  width: number,
  many: number,
  { spread = 0.3, seed = 1 } = {},
): Features {
  const random = Random.stream(seed, 'clusters')
  const centres = Array.from({ length: many }, () => Array.from({ length: width }, () => random.normal()))
  const values = Float32Array.from(
    { length: count * width },
    (_, i) => centres[Math.floor(i / width) % many][i % width] + spread * random.normal(),
  )
  return { count, width, values }
}

/** How far apart the middles of clusters are on a map, the nearest two, in units of the largest spread of any. */
export function separation(points: Float32Array, many: number): number {
  const count = points.length / 2
  const members = Array.from({ length: many }, (_, cluster) =>
    Array.from({ length: Math.ceil((count - cluster) / many) }, (_, i) => cluster + i * many),
  )
  const middles = members.map((rows) =>
    [0, 1].map((axis) => rows.reduce((sum, row) => sum + points[2 * row + axis], 0) / rows.length),
  )
  const spreads = members.map((rows, cluster) => {
    const distances = rows.map((row) => distance([points[2 * row], points[2 * row + 1]], middles[cluster]))
    return distances.reduce((sum, one) => sum + one, 0) / rows.length
  })
  const gaps = middles.flatMap((one, i) => middles.slice(i + 1).map((other) => distance(one, other)))
  return Math.min(...gaps) / Math.max(...spreads)
}

function distance([x, y]: readonly number[], [otherX, otherY]: readonly number[]): number {
  return Math.hypot(x - otherX, y - otherY)
}
