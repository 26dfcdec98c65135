/**
 * The point nearest to a place.
 * @param points `[N, 2]`
 * @param reach how far away it may be
 */
export function nearestPoint(points: Float32Array, x: number, y: number, reach: number): number | null {
  let nearest: number | null = null
  let least = reach * reach
  for (let i = 0; i < points.length / 2; i++) {
    const distance = (points[2 * i] - x) ** 2 + (points[2 * i + 1] - y) ** 2
    if (distance > least) continue
    least = distance
    nearest = i
  }
  return nearest
}

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number] | undefined>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

/** What lies aside counts this much farther than what lies ahead, so that a key goes where it points. */
const ASIDE = 2

/**
 * Where an arrow key leads from a point: the nearest in that direction, or the same where there is none.
 * @param points `[N, 2]`, the second axis upwards
 * @returns undefined if the key is no arrow key
 */
export function pointAfterKey(key: string, points: Float32Array, from: number): number | undefined {
  const direction = DIRECTIONS[key]
  if (direction === undefined) return undefined
  const [right, up] = direction
  let best = from
  let least = Infinity
  for (let i = 0; i < points.length / 2; i++) {
    const [x, y] = [points[2 * i] - points[2 * from], points[2 * i + 1] - points[2 * from + 1]]
    const ahead = x * right + y * up
    const aside = Math.abs(x * up) + Math.abs(y * right)
    if (ahead <= 0 || ahead < aside) continue
    const distance = Math.hypot(ahead, ASIDE * aside)
    if (distance >= least) continue
    least = distance
    best = i
  }
  return best
}

/** The point to begin with: the one nearest to the middle. */
export function middlePoint(points: Float32Array): number {
  return nearestPoint(points, 0, 0, Infinity) ?? 0
}
