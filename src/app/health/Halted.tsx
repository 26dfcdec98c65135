import { FIELDS } from '../../config/schema.ts'
import { Button } from '../components/Button.tsx'
import { formatCount, formatNumber } from '../components/format.ts'
import { Notice } from '../components/Notice.tsx'
import { NewRunButton } from '../panels/NewRunButton.tsx'
import { experiment } from '../store/experiment.ts'
import { run } from '../store/run.ts'
import { useRun } from '../store/runState.ts'
import { experimentOf } from '../store/running.ts'
import { remedyFor, type Remedy } from './remedy.ts'

/** A step whose loss or gradient was no finite number: which setting to turn, and how to go on. */
export function Halted() {
  const halted = useRun((state) => state.halted)
  const running = useRun((state) => state.running)
  const finished = useRun((state) => state.phase === 'finished')
  if (halted === null || running === null) return null
  const { step, loss, grad_norm } = halted
  const what = Number.isFinite(loss) ? `its gradient is ${say(grad_norm)}` : `its loss is ${say(loss)}`
  const remedy = remedyFor(experimentOf(running), running.config)
  const turn = `${FIELDS[remedy.field].title} ${remedy.value}`
  return (
    <Notice
      title={`Training has paused at step ${formatCount(step)}: ${what}`}
      actions={
        <>
          {!finished && (
            <Button look="primary" onClick={() => run.trainWith({ [remedy.field]: remedy.value })}>
              Go on with {turn}
            </Button>
          )}
          <NewRunButton onClick={() => startAnewWith(remedy)}>Start anew with {turn}</NewRunButton>
        </>
      }
      onDismiss={run.dismissHalted}
    >
      <p>Steps whose gradient is no number are left out: the weights stay as they were. {remedy.why}</p>
      <p className="text-muted">If it pauses again at once, the weights have grown too large: start anew.</p>
    </Notice>
  )
}

function say(value: number): string {
  return Number.isNaN(value) ? 'not a number' : formatNumber(value)
}

function startAnewWith({ field, value }: Remedy): void {
  experiment.setField(field, value)
  run.open('train')
}
