import { Pin } from 'lucide-react'
import { Button } from '../components/Button.tsx'
import { describeBatches, describeDiffering } from '../runs/besideWords.ts'
import { nameOf } from '../runs/words.ts'
import { useBeside } from '../store/beside.ts'
import type { ComparedRun } from '../store/compared.ts'
import { useProblems, useShown } from '../store/experiment.ts'
import { lockstep } from '../store/lockstep.ts'
import { useRun, useRunningConfig } from '../store/run.ts'

/** Pins settings, so that others can be trained beside them in lockstep; then what of both differs. */
export function Lockstep() {
  const beside = useBeside()
  return (
    <div className="border-rule mt-3 border-t pt-3 text-xs leading-relaxed">
      {beside === undefined ? <PinButton /> : <Pinned beside={beside} />}
    </div>
  )
}

function PinButton() {
  const failed = useRun((state) => state.phase === 'failed')
  const blocked = useProblems().length > 0
  return (
    <div className="flex items-center justify-between gap-2">
      <p className="text-muted">Two at once: pin these settings, then turn some and compare.</p>
      <Button size="small" disabled={failed || blocked} onClick={lockstep.pin}>
        <Pin size="0.875rem" aria-hidden /> Pin
      </Button>
    </div>
  )
}

function Pinned({ beside: { run, letter, haltedAt } }: { readonly beside: ComparedRun }) {
  const modality = useShown()
  const here = useRunningConfig()
  const differing = describeDiffering(here, run.config)
  return (
    <div className="grid gap-1.5">
      <div className="flex items-center justify-between gap-2">
        <p>
          <span className="bg-well mr-1 rounded-sm px-1.5 font-semibold">{letter}</span>
          {nameOf(run, undefined)}
        </p>
        <Button size="small" onClick={lockstep.unpin}>
          Go on alone
        </Button>
      </div>
      <p className="text-muted">
        It makes each step beside this run, {describeBatches(modality, here, run.config)}.
        {differing.length === 0 && ' Turn a setting to see what it changes.'}
      </p>
      {differing.length > 0 && (
        <ul>
          {differing.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {haltedAt !== null && (
        <p className="text-difference-text">
          {letter} came to a loss or gradient that is no number at step {haltedAt}, and stays as it was.
        </p>
      )}
    </div>
  )
}
