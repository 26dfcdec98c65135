import { Pause, Play, RotateCcw, StepForward } from 'lucide-react'
import { Button } from '../components/Button.tsx'
import { useProblems } from '../store/experiment.ts'
import { run } from '../store/run.ts'
import { NewRunButton } from './NewRunButton.tsx'
import { useRun } from '../store/runState.ts'
import { canStep, canTrain, isTraining, runs, useAllRuns } from '../store/trainAll.ts'

/** Train or Pause, Step and Reset for the shown modality's run; Train or Pause for those of all modalities. */
export function RunControls() {
  const canMakeStep = useRun(canStep)
  const training = useRun(isTraining)
  const ready = useRun(canTrain)
  const blocked = useProblems().length > 0
  return (
    <div className="flex gap-2">
      {training ? (
        <Button look="primary" className="w-24 max-sm:w-20 max-sm:px-2" onClick={() => run.pause()}>
          <Pause size="1rem" aria-hidden /> Pause
        </Button>
      ) : (
        <Button
          look="primary"
          className="w-24 max-sm:w-20 max-sm:px-2"
          disabled={blocked || !ready}
          onClick={() => run.train()}
        >
          <Play size="1rem" aria-hidden /> Train
        </Button>
      )}
      <Button className="max-sm:px-2" disabled={blocked || !canMakeStep} onClick={() => run.step()}>
        <StepForward size="1rem" className="max-[88rem]:hidden" aria-hidden /> Step
      </Button>
      <NewRunButton className="max-sm:px-2" onClick={() => run.open()}>
        <RotateCcw size="1rem" className="max-[88rem]:hidden" aria-hidden /> Reset
      </NewRunButton>
      <AllButton />
    </div>
  )
}

function AllButton() {
  const all = useAllRuns()
  const training = all === 'training'
  return (
    <Button
      className="w-22 whitespace-nowrap max-sm:px-2"
      disabled={all === 'stuck'}
      onClick={training ? runs.pauseAll : runs.trainAll}
    >
      {training ? 'Pause all' : 'Train all'}
    </Button>
  )
}
