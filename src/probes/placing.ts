/** Share of the points that lie within the radius `CORE`; what is farther out is drawn in, so that it shrinks nothing. */
const MOST = 0.98
const CORE = 0.9

/**
 * Puts points on the map: centred, within a circle of radius 1, and turned or mirrored to where they move least from
 * the places that they had before. A few that lie far out stay within the rim and do not shrink the rest.
 * @param points `[N, 2]`
 * @param before `[N, 2]`: where they were
 * @returns `[N, 2]` from −1 to 1
 */
export function place(points: Float32Array, before?: Float32Array): Float32Array {
  const within = fit(points)
  return before === undefined ? within : align(within, before)
}

function fit(points: Float32Array): Float32Array {
  const count = points.length / 2
  const [left, top] = [0, 1].map((axis) => meanAlong(points, axis))
  const distances = Float32Array.from({ length: count }, (_, i) =>
    Math.hypot(points[2 * i] - left, points[2 * i + 1] - top),
  ).sort()
  const reach = distances[Math.floor(MOST * (count - 1))] || distances[count - 1] || 1
  return points.map((value, i) => {
    const [x, y] = [points[i - (i % 2)] - left, points[i - (i % 2) + 1] - top]
    const distance = (CORE * Math.hypot(x, y)) / reach
    const drawnIn = distance <= CORE ? 1 : rim(distance) / distance
    return (CORE / reach) * drawnIn * (value - (i % 2 === 0 ? left : top))
  })
}

/** From `CORE` on ever slower towards 1. */
function rim(distance: number): number {
  return CORE + (1 - CORE) * Math.tanh((distance - CORE) / (1 - CORE))
}

function meanAlong(points: Float32Array, axis: number): number {
  let sum = 0
  for (let i = axis; i < points.length; i += 2) sum += points[i]
  return sum / (points.length / 2)
}

/**
 * Turns points about the centre, mirrored or not, so that their squared distances from `before` are least
 * (orthogonal Procrustes, which has a closed form in two dimensions).
 */
function align(points: Float32Array, before: Float32Array): Float32Array {
  let [xx, xy, yx, yy] = [0, 0, 0, 0]
  for (let i = 0; i < points.length; i += 2) {
    xx += points[i] * before[i]
    xy += points[i] * before[i + 1]
    yx += points[i + 1] * before[i]
    yy += points[i + 1] * before[i + 1]
  }
  const mirrored = Math.hypot(xx - yy, xy + yx) > Math.hypot(xx + yy, xy - yx)
  const sign = mirrored ? -1 : 1
  const angle = Math.atan2(xy - sign * yx, xx + sign * yy)
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  return points.map((_, i) => {
    const [x, y] = [points[i - (i % 2)], sign * points[i - (i % 2) + 1]]
    return i % 2 === 0 ? cosine * x - sine * y : sine * x + cosine * y
  })
}
