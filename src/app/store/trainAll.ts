import { MODALITY_NAMES } from '../../config/modalities.ts'
import type { ByModality } from '../../config/byModality.ts'
import { problemsOf, useExperiments, type ExperimentState } from './experiment.ts'
import { run } from './run.ts'
import { runOf, useRuns, type OpenRun } from './runState.ts'

/** Whether a run trains, or is about to. */
export function isTraining({ phase, whenOpen }: OpenRun): boolean {
  return phase === 'training' || whenOpen === 'train'
}

/** Whether *Train* would do anything: not for a run that has failed or made all its steps. */
export function canTrain({ phase, step, running }: OpenRun): boolean {
  return (
    phase === 'opening' || phase === 'paused' || (phase === 'finished' && step < (running?.config.steps ?? 0))
  )
}

/** Whether *Step* would do anything: now, or once the run is open. */
export function canStep({ phase, whenOpen }: OpenRun): boolean {
  return whenOpen === null && (phase === 'opening' || phase === 'paused')
}

/** `ready`: at least one run could train and does not. `training`: all that can train do. `stuck`: none can. */
export type AllRuns = 'ready' | 'training' | 'stuck'

export function stateOfAll(runs: ByModality<OpenRun>, forms: ByModality<ExperimentState>): AllRuns {
  if (waiting(runs, forms).length > 0) return 'ready'
  return MODALITY_NAMES.some((name) => isTraining(runs[name])) ? 'training' : 'stuck'
}

function waiting(runs: ByModality<OpenRun>, forms: ByModality<ExperimentState>) {
  return MODALITY_NAMES.filter(
    (name) => !isTraining(runs[name]) && canTrain(runs[name]) && problemsOf(forms[name]).length === 0,
  )
}

export function useAllRuns(): AllRuns {
  const forms = useExperiments((state) => state.experiments)
  return useRuns((runs) => stateOfAll(runs, forms))
}

/** The runs of all modalities at once. */
export const runs = {
  /** Trains all that can, and opens those that have not been opened yet. */
  trainAll: (): void => {
    for (const name of waiting(useRuns.getState(), useExperiments.getState().experiments)) run.train(name)
  },

  pauseAll: (): void => {
    for (const name of MODALITY_NAMES) if (isTraining(runOf(name))) run.pause(name)
  },
}
