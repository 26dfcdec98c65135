import type { ModalityName } from '../../config/modalities.ts'
import { useHistoryOf } from '../store/history.ts'
import { useRunOf } from '../store/runState.ts'

/** Steps that a modality's run has made. Metrics and state arrive as separate events; the later one is the truth. */
export function useStepsMade(modality: ModalityName): number {
  const step = useRunOf(modality, (state) => state.step)
  return Math.max(step, useHistoryOf(modality).latest('step') || 0)
}
