import { MODALITY_NAMES } from '../../config/modalities.ts'
import { sendToRun } from './run.ts'
import { hasBegun, runOf } from './runState.ts'

/** A page that is hidden may never be seen again: its runs are kept as they are then. */
export function keepOnHide(): () => void {
  const keep = () => {
    if (document.visibilityState === 'visible') return
    for (const name of MODALITY_NAMES) if (hasBegun(runOf(name))) sendToRun(name, { type: 'keep' })
  }
  document.addEventListener('visibilitychange', keep)
  return () => document.removeEventListener('visibilitychange', keep)
}
