import { KeptRuns } from '../../src/worker/keptRuns.ts'
import type { OpenFileStore } from '../../src/worker/keptFiles.ts'
import type { RunStore } from '../../src/checkpoint/runStore.ts'

/** A browser that stores nothing. */
export const KEEPS_NOTHING = (): Promise<RunStore> => Promise.reject(new Error('nothing is stored here'))

/** The same for files. */
export const KEEPS_NO_FILES: OpenFileStore = () => Promise.reject(new Error('nothing is stored here'))

export function noKeptRuns(): KeptRuns {
  return new KeptRuns(() => undefined, KEEPS_NOTHING)
}
