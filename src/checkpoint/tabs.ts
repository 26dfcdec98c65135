/** A run belongs to one tab at a time: two that keep the same run would overwrite each other. */
const PREFIX = 'data2vec-run-'

/** A worker that was ended may have its runs for so long: browsers take a while to end one that is busy. */
const PATIENCE_MS = 4000

const MS_BETWEEN_LOOKS = 100

/** Gives a run back that was taken. */
export type Release = () => void

/** Takes a run for this tab, until it is released or the tab is gone; undefined if another tab has it. */
export function takeRun(id: string): Promise<Release | undefined> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    navigator.locks
      .request(PREFIX + id, { signal }, () => new Promise<void>((release) => resolve(release)))
      .catch((error: unknown) => {
        if (signal.aborted) resolve(undefined)
        else reject(error instanceof Error ? error : new Error(String(error)))
      })
  })
}

/** The runs that some tab has taken, this one's included. */
export async function takenRuns(): Promise<Set<string>> {
  const { held = [] } = await navigator.locks.query()
  const names = held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []))
  return new Set(names)
}

/**
 * The runs that other tabs have.
 * @param isMine whether this tab has a run
 * @param isPatient whether what seems to be elsewhere may be a worker's that was ended just now: it is waited for
 */
export async function runsElsewhere(
  isMine: (id: string) => boolean,
  isPatient: boolean,
): Promise<Set<string>> {
  const latest = performance.now() + (isPatient ? PATIENCE_MS : 0)
  for (;;) {
    const elsewhere = new Set([...(await takenRuns())].filter((id) => !isMine(id)))
    if (elsewhere.size === 0 || performance.now() >= latest) return elsewhere
    await new Promise((resolve) => setTimeout(resolve, MS_BETWEEN_LOOKS))
  }
}
