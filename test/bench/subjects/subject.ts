import type { HostBatch } from '../../../src/engine/batches.ts'

/** One implementation of the step, ready to run. */
export interface Subject {
  /** Called before steps that follow those of another implementation. */
  readonly ready: () => Promise<void>
  /** Hands the next step to the GPU, and returns as soon as JavaScript is done with it. */
  readonly step: (batch: HostBatch) => void
  /** Resolves when the GPU is done with all steps so far. */
  readonly idle: () => Promise<void>
  /** The loss of the latest step. */
  readonly loss: () => Promise<number>
}
