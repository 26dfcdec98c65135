import { create } from 'zustand'
import type { BackendEvent, WorkerFailureEvent } from '../../worker/protocol.ts'

/** What all runs share. */
interface WorkerState {
  /** Null until a run has chosen one. */
  readonly backend: BackendEvent | null
  /** All runs are lost, and a new worker must be started. */
  readonly failure: WorkerFailureEvent | null
}

export const useWorker = create<WorkerState>()(() => ({ backend: null, failure: null }))
