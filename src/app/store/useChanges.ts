import type { FieldName } from '../../config/schema.ts'
import { canUndo, coldChanges, ownChanged } from './changes.ts'
import { configOf, experiment, shownModality, useExperiment } from './experiment.ts'
import { useOwn } from './files.ts'
import { rememberLast } from './rememberLast.ts'
import { runOf, useRun } from './runState.ts'
import { experimentOf } from './running.ts'

const NONE: readonly FieldName[] = []
const compared = rememberLast(coldChanges)

/** Cold fields that differ from the running config, in the schema's order. */
export function useColdChanges(): readonly FieldName[] {
  const form = useExperiment(configOf)
  const running = useRun((state) => state.running?.config)
  return running === undefined ? NONE : compared(running, form)
}

/** Whether the run was opened with other files of the person than there are now. */
export function useOwnChanged(): boolean {
  const own = useOwn()
  return useRun((state) => ownChanged(state.running, own))
}

export function useCanUndo(): boolean {
  const own = useOwn()
  return useRun((state) => canUndo(state.running, own))
}

/** Makes the form say again what runs. */
export function undoChanges(): void {
  const { running } = runOf(shownModality())
  if (running !== null) experiment.restore(experimentOf(running))
}
