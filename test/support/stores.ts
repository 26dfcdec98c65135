import { MODALITY_NAMES } from '../../src/config/modalities.ts'
import { useExperiments } from '../../src/app/store/experiment.ts'
import { useFiles } from '../../src/app/store/files.ts'
import { useHealths } from '../../src/app/store/health.ts'
import { historyOf } from '../../src/app/store/history.ts'
import { useKept } from '../../src/app/store/kept.ts'
import { useRuns } from '../../src/app/store/runState.ts'
import { useSight } from '../../src/app/store/sight.ts'
import { useWorker } from '../../src/app/store/worker.ts'

/** The stores as they are when the page opens. Tests share their modules, and so the stores. */
export function resetStores(): void {
  reset(useExperiments)
  reset(useFiles)
  reset(useHealths)
  reset(useKept)
  reset(useRuns)
  reset(useSight)
  reset(useWorker)
  for (const name of MODALITY_NAMES) historyOf(name).reset()
}

interface Resettable<State> {
  getInitialState: () => State
  setState: (state: State, replace: true) => void
}

function reset<State>(store: Resettable<State>): void {
  store.setState(store.getInitialState(), true)
}
