import { KeptRuns } from '../../src/worker/keptRuns.ts'
import type { RunStore } from '../../src/checkpoint/runStore.ts'

/** A browser that stores nothing. */
export const KEEPS_NOTHING = (): Promise<RunStore> => Promise.reject(new Error('nothing is stored here'))

export function noKeptRuns(): KeptRuns {
  return new KeptRuns(() => undefined, KEEPS_NOTHING)
}
