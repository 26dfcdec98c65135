/** Milliseconds of work after which others get their turn. */
const MOST_MS = 30

/** To be awaited between parts of long work: lets all else go first that its thread has to do, if it is time for that. */
export type Pause = () => Promise<void> | undefined

/** Pauses for one piece of work that begins now. */
export function pauses(): Pause {
  let since = performance.now()
  return () => {
    if (performance.now() - since < MOST_MS) return undefined
    return new Promise((resolve) => {
      setTimeout(() => {
        since = performance.now()
        resolve()
      })
    })
  }
}
