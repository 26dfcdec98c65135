import type { TimedDispatch } from '../capture/timing.ts'

/** Browsers let the clock of a GPU go on by a tenth of a millisecond: so many of these make it exact to a few per cent. */
const ENOUGH_MS = 2000 * 0.1

/** A GPU that takes longer has a clock that is fine enough, or none. */
const LONGEST_MS = 2000

/** What all dispatches of one kernel take in a step. */
export interface KernelTime {
  readonly kernel: string
  readonly dispatches: number
  readonly ms: number
  /** Of the time of all kernels; 0 if the clock saw none pass. */
  readonly share: number
}

function totalMs(times: readonly TimedDispatch[]): number {
  return times.reduce((sum, { ms }) => sum + ms, 0)
}

/** The kernels of a step, the longest first. */
export function byKernel(times: readonly TimedDispatch[]): KernelTime[] {
  const total = totalMs(times)
  const kernels = new Map<string, { dispatches: number; ms: number }>()
  for (const { label, ms } of times) {
    const before = kernels.get(label) ?? { dispatches: 0, ms: 0 }
    kernels.set(label, { dispatches: before.dispatches + 1, ms: before.ms + ms })
  }
  return [...kernels]
    .map(([kernel, spent]) => ({ kernel, ...spent, share: total > 0 ? spent.ms / total : 0 }))
    .sort((a, b) => b.ms - a.ms)
}

/** The mean of several runs of the same dispatches: the clock of one may be coarse. */
export function meanTimes(runs: readonly (readonly TimedDispatch[])[]): TimedDispatch[] {
  return runs[0].map(({ label }, i) => ({
    label,
    ms: runs.reduce((sum, run) => sum + run[i].ms, 0) / runs.length,
  }))
}

/**
 * Profiles until the clock has gone on far enough, or two seconds are over.
 * @param profile runs the dispatches once; undefined if the GPU cannot tell what they took
 * @returns the mean of all runs; undefined if the clock saw no time pass
 */
export async function profileKernels(
  profile: () => Promise<readonly TimedDispatch[] | undefined>,
  signal: AbortSignal,
): Promise<KernelTime[] | undefined> {
  const runs: (readonly TimedDispatch[])[] = []
  const begun = performance.now()
  let seen = 0
  do {
    const run = await profile()
    if (run === undefined) return undefined
    runs.push(run)
    seen += totalMs(run)
  } while (seen < ENOUGH_MS && performance.now() - begun < LONGEST_MS && !signal.aborted)
  return seen > 0 ? byKernel(meanTimes(runs)) : undefined
}
