import { Pause, Play, RotateCcw, StepForward } from 'lucide-react'
import { Button } from '../components/Button.tsx'
import { useProblems } from '../store/experiment.ts'
import { run, useRun, useRunningConfig } from '../store/run.ts'

/** Train or Pause, Step, Reset. */
export function RunControls() {
  const { steps } = useRunningConfig()
  const phase = useRun((state) => state.phase)
  const starting = useRun((state) => state.trainWhenOpen)
  const blocked = useProblems().length > 0
  const canTrain = useRun(
    ({ phase, step }) => phase === 'opening' || phase === 'paused' || (phase === 'finished' && step < steps),
  )
  const training = phase === 'training' || starting
  return (
    <div className="flex gap-2">
      {training ? (
        <Button look="primary" className="w-24" onClick={run.pause}>
          <Pause size="1rem" aria-hidden /> Pause
        </Button>
      ) : (
        <Button look="primary" className="w-24" disabled={blocked || !canTrain} onClick={run.train}>
          <Play size="1rem" aria-hidden /> Train
        </Button>
      )}
      <Button disabled={blocked || phase !== 'paused'} onClick={run.step}>
        <StepForward size="1rem" aria-hidden /> Step
      </Button>
      <Button disabled={blocked} onClick={() => run.open()}>
        <RotateCcw size="1rem" aria-hidden /> Reset
      </Button>
    </div>
  )
}
