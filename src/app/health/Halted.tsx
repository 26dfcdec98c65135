import { FIELDS } from '../../config/schema.ts'
import { Button } from '../components/Button.tsx'
import { formatCount, formatNumber } from '../components/format.ts'
import { Notice } from '../components/Notice.tsx'
import { experiment, useExperiment } from '../store/experiment.ts'
import { run, useRun, useRunningConfig } from '../store/run.ts'
import { remedyFor, type Remedy } from './remedy.ts'

/** A step whose loss or gradient was no finite number: it has not been applied. Which setting to turn, and how to go on. */
export function Halted() {
  const halted = useRun((state) => state.halted)
  const config = useRunningConfig()
  const remedy = remedyFor(
    useExperiment((state) => state),
    config,
  )
  if (halted === null) return null
  const { step, loss, grad_norm } = halted
  const what = Number.isFinite(loss) ? `its gradient is ${say(grad_norm)}` : `its loss is ${say(loss)}`
  const turn = `${FIELDS[remedy.field].title} ${remedy.value}`
  return (
    <Notice
      title={`Training has paused at step ${formatCount(step)}: ${what}`}
      actions={
        <>
          <Button look="primary" onClick={() => goOnWith(remedy)}>
            Go on with {turn}
          </Button>
          <Button onClick={() => startAnewWith(remedy)}>Start anew with {turn}</Button>
        </>
      }
      onDismiss={run.dismissHalted}
    >
      <p>The step was left out: the weights are as they were before it. {remedy.why}</p>
      <p className="text-muted">If it pauses again at once, the weights have grown too large: start anew.</p>
    </Notice>
  )
}

function say(value: number): string {
  return Number.isNaN(value) ? 'not a number' : formatNumber(value)
}

function goOnWith({ field, value }: Remedy): void {
  experiment.setField(field, value)
  run.train()
}

function startAnewWith({ field, value }: Remedy): void {
  experiment.setField(field, value)
  run.open('train')
}
