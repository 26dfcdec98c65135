import { useCompared, type ComparedRun } from '../store/compared.ts'
import type { Learnt } from '../store/learnt.ts'
import { useRun } from '../store/runState.ts'

/** The runs that are compared with the open one and were measured as it is now: others' accuracies mean something else. */
export function useMeasuredAlike({ earlier }: Learnt): readonly ComparedRun[] {
  return useCompared(useRun((state) => state.kept?.id)).filter(
    ({ probes: { way, rows } }) => rows.length > 0 && way === earlier.way,
  )
}
