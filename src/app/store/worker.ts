import { create } from 'zustand'
import type { WorkerFailureEvent } from '../../worker/protocol.ts'

/** What all runs share. */
interface WorkerState {
  /** All runs are lost, and a new worker must be started. */
  readonly failure: WorkerFailureEvent | null
}

export const useWorker = create<WorkerState>()(() => ({ failure: null }))
