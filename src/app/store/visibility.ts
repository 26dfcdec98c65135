import { MODALITY_NAMES } from '../../config/modalities.ts'
import { send } from './connection.ts'
import { sendToRun } from './run.ts'
import { hasBegun, runOf } from './runState.ts'

/**
 * A page that is hidden may never be seen again: its runs are kept as they are then. When it is seen again another tab
 * may have begun, opened or deleted some.
 */
export function followVisibility(): () => void {
  const changed = () => {
    if (document.visibilityState === 'visible') send({ type: 'listRuns' })
    else for (const name of MODALITY_NAMES) if (hasBegun(runOf(name))) sendToRun(name, { type: 'keep' })
  }
  document.addEventListener('visibilitychange', changed)
  return () => document.removeEventListener('visibilitychange', changed)
}
