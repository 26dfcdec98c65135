import { presetOf } from '../../config/presets.ts'
import { useBeside } from '../store/beside.ts'
import { useExperiment, useProblems, useShown } from '../store/experiment.ts'
import { useRun, useRunningConfig } from '../store/runState.ts'
import { describeDemand, isLong } from './demandWords.ts'

/** What the run takes of the device, before it is begun: a person may want a smaller one. */
export function Demand() {
  const estimate = useRun((state) => state.estimate)
  const weights = useRun((state) => state.weights)
  const phase = useRun((state) => state.phase)
  const preset = useExperiment((state) => state.preset)
  const modality = useShown()
  const { steps } = useRunningConfig()
  const blocked = useProblems().length > 0
  const beside = useBeside()
  if (phase === 'failed' || blocked) return null
  const isKnown = estimate !== null && weights > 0
  return (
    <p className="text-muted mt-2 text-xs leading-relaxed">
      {isKnown
        ? describeDemand({ weights, estimate, steps, beside: beside?.letter })
        : 'Finding out what a step takes here…'}
      {isKnown && isLong(estimate.stepMs, steps) && preset !== 'tiny' && (
        <strong className="text-ink font-semibold">
          {' '}
          That is long. {presetOf(modality, 'tiny').title} takes far less.
        </strong>
      )}
    </p>
  )
}
