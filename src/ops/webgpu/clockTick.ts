let known: number | undefined

/**
 * The least that `performance.now()` moves by, in milliseconds: browsers blur it so that pages cannot tell machines apart,
 * most to 0.1, some to 1, and on request to 100.
 */
export function clockTick(): number {
  known ??= Math.min(untilItMoves(), untilItMoves())
  return known
}

function untilItMoves(): number {
  const from = performance.now()
  for (;;) {
    const moved = performance.now() - from
    if (moved > 0) return moved
  }
}
