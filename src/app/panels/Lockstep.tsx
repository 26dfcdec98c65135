import { Pin } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '../components/Button.tsx'
import { formatCount } from '../components/format.ts'
import { describeBatches, describeDiffering } from '../runs/besideWords.ts'
import { LetterMark } from '../runs/LetterMark.tsx'
import { nameOf } from '../runs/words.ts'
import { besideFor, useBeside } from '../store/beside.ts'
import { useCanCompare, type ComparedRun } from '../store/compared.ts'
import { useProblems, useShown } from '../store/experiment.ts'
import { lockstep } from '../store/lockstep.ts'
import { hasBegun, useRun, useRunningConfig } from '../store/runState.ts'

/** Pins settings, so that others can be trained beside them in lockstep; then what of both differs. */
export function Lockstep() {
  const beside = useBeside()
  const place = useRef<HTMLDivElement>(null)
  const stay = () => place.current?.focus({ preventScroll: true }) // each button is gone once it is pressed
  return (
    <div
      ref={place}
      tabIndex={-1}
      className="border-rule mt-3 border-t pt-3 text-xs leading-relaxed outline-none"
    >
      {beside === undefined ? (
        <PinButton
          onPin={() => {
            lockstep.pin()
            stay()
          }}
        />
      ) : (
        <Pinned
          beside={beside}
          onUnpin={() => {
            lockstep.unpin()
            stay()
          }}
        />
      )}
    </div>
  )
}

function PinButton({ onPin }: { readonly onPin: () => void }) {
  const failed = useRun((state) => state.phase === 'failed')
  const begun = useRun(hasBegun)
  const isKept = useRun((state) => state.kept !== null)
  const blocked = useProblems().length > 0
  const canCompare = useCanCompare()
  return (
    <div className="flex items-center justify-between gap-2">
      <p className="text-muted">
        Two at once: pin these settings, then turn some and compare.
        {begun && ` Both begin at step 0${isKept ? '; this run stays among your runs' : ''}.`}
      </p>
      <Button
        size="small"
        disabled={failed || blocked || !canCompare}
        title={canCompare ? undefined : 'No more can be told apart: compare another no longer first'}
        onClick={onPin}
      >
        <Pin size="0.875rem" aria-hidden /> Pin
      </Button>
    </div>
  )
}

interface PinnedProps {
  readonly beside: ComparedRun
  readonly onUnpin: () => void
}

function Pinned({ beside: { run, letter, haltedAt }, onUnpin }: PinnedProps) {
  const modality = useShown()
  const here = useRunningConfig()
  const there = besideFor(modality, here)?.config ?? run.config
  const differing = describeDiffering(here, there)
  return (
    <div className="grid gap-1.5">
      <div className="flex items-center justify-between gap-2">
        <p>
          <LetterMark letter={letter} /> {nameOf(run, undefined)}
        </p>
        <Button size="small" onClick={onUnpin}>
          Go on alone
        </Button>
      </div>
      <p className="text-muted">
        It makes each step beside this run, {describeBatches(modality, here, there)}.
        {differing.length === 0 && ' Turn a setting to see what it changes.'}
      </p>
      {differing.length > 0 && (
        <ul>
          {differing.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      <p role="status" className="text-difference-text empty:hidden">
        {haltedAt !== null &&
          `${letter} came to a loss or gradient that is no number at step ${formatCount(haltedAt)}, and stays as it was.`}
      </p>
    </div>
  )
}
