/**
 * Calls `act` at once, then at most once in `ms` milliseconds however often it is asked for, and never forgets the last
 * time that it was.
 */
export function throttle(
  act: () => void,
  ms: number,
): { readonly ask: () => void; readonly stop: () => void } {
  let actedAt = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined
  const now = () => {
    timer = undefined
    actedAt = performance.now()
    act()
  }
  const ask = () => {
    if (timer !== undefined) return
    const wait = actedAt + ms - performance.now()
    if (wait <= 0) now()
    else timer = setTimeout(now, wait)
  }
  return { ask, stop: () => clearTimeout(timer) }
}
