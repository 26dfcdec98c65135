/**
 * Positions as close to the wanted ones as can be while neighbours stay `gap` apart within [low, high]: labels at the
 * ends of lines that end close together. Where they cannot all fit, they overflow at `high`.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b])
  const placed = [...wanted]
  let free = high - gap * (order.length - 1)
  let next = low
  for (const i of order) {
    placed[i] = Math.max(next, Math.min(wanted[i], Math.max(free, low)))
    next = placed[i] + gap
    free += gap
  }
  return placed
}
