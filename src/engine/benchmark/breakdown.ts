import type { TimedDispatch } from '../capture/timing.ts'

/** What all dispatches of one kernel take in a step. */
export interface KernelTime {
  readonly kernel: string
  readonly dispatches: number
  readonly ms: number
  /** Of the time of all kernels. */
  readonly share: number
}

/** The kernels of a step, the longest first. */
export function byKernel(times: readonly TimedDispatch[]): KernelTime[] {
  const total = times.reduce((sum, { ms }) => sum + ms, 0)
  const kernels = new Map<string, { dispatches: number; ms: number }>()
  for (const { label, ms } of times) {
    const before = kernels.get(label) ?? { dispatches: 0, ms: 0 }
    kernels.set(label, { dispatches: before.dispatches + 1, ms: before.ms + ms })
  }
  return [...kernels]
    .map(([kernel, spent]) => ({ kernel, ...spent, share: spent.ms / total }))
    .sort((a, b) => b.ms - a.ms)
}

/** The mean of several runs of the same dispatches: the clock of one may be coarse. */
export function meanTimes(runs: readonly (readonly TimedDispatch[])[]): TimedDispatch[] {
  return runs[0].map(({ label }, i) => ({
    label,
    ms: runs.reduce((sum, run) => sum + run[i].ms, 0) / runs.length,
  }))
}
