import type { OpenRun } from '../store/runState.ts'
import { isTraining } from '../store/trainAll.ts'

/** How far a run is that has begun. */
export type Progress = 'Training' | 'Paused' | 'Finished'

/** Null for a run that has not begun, or cannot go on: that is said elsewhere. */
export function progressOf(state: OpenRun): Progress | null {
  if (isTraining(state)) return 'Training'
  if (state.phase === 'finished') return 'Finished'
  return state.phase === 'paused' && state.step > 0 ? 'Paused' : null
}
