import { Play, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import { MOST_RUNS } from '../../config/storage.ts'
import type { ListedRun } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { useNow } from '../components/useNow.ts'
import { useShown } from '../store/experiment.ts'
import { kept, useKept } from '../store/kept.ts'
import { run, useRun } from '../store/run.ts'
import { ago, nameOf, progressOf, steps } from './words.ts'

/** The runs of the shown modality that this browser keeps, the newest first. */
export function RunsPanel() {
  const heading = useId()
  const shown = useShown()
  const all = useKept((state) => state.runs)
  const runs = all?.filter(({ modality }) => modality === shown) ?? []
  return (
    <section className="plate p-4 text-sm" aria-labelledby={heading}>
      <h2 id={heading} className="small-caps text-muted mb-3">
        Your runs
      </h2>
      <Deleted />
      {runs.length === 0 ? (
        <p className="text-muted text-xs leading-relaxed">
          Each run on {MODALITIES[shown].title.toLowerCase()} is kept in this browser from its first step on,
          and can be gone on with after a reload.
        </p>
      ) : (
        <>
          <ul className="-mx-2 max-h-72 overflow-y-auto">
            {runs.map((each, i) => (
              <Row key={each.id} of={each} before={runs.at(i + 1)} />
            ))}
          </ul>
          <p className="text-muted mt-2 text-xs">
            Kept in this browser alone: the {MOST_RUNS} newest of all.
          </p>
        </>
      )}
    </section>
  )
}

function Deleted() {
  const deleted = useKept((state) => state.deleted)
  return (
    <div role="status" className="not-empty:mb-2">
      {deleted && (
        <p className="bg-well rounded-plate flex items-center gap-2 px-2 py-1 text-xs">
          <span className="min-w-0 flex-1">Deleted a run of {steps(deleted.step)}.</span>
          <Button size="small" onClick={kept.undelete}>
            Undo
          </Button>
        </p>
      )}
    </div>
  )
}

function Row({ of, before }: { readonly of: ListedRun; readonly before: ListedRun | undefined }) {
  const open = useRun((state) => state.kept?.id === of.id)
  const name = nameOf(of, before)
  const now = useNow()
  return (
    <li className={`rounded-plate flex items-center gap-1 px-2 py-1.5 ${open ? 'bg-well' : ''}`}>
      <div className="min-w-0 flex-1">
        <p className="truncate" title={name}>
          {name}
        </p>
        <p className="text-muted text-xs tabular-nums">
          {progressOf(of)} · {open ? 'open' : of.isElsewhere ? 'in another tab' : ago(of.keptAt, now)}
        </p>
      </div>
      {!open && !of.isElsewhere && (
        <>
          <Button look="quiet" size="small" aria-label={`Go on with ${name}`} onClick={() => run.goOn(of)}>
            <Play size="0.875rem" aria-hidden /> Go on
          </Button>
          <Button look="quiet" size="small" aria-label={`Delete ${name}`} onClick={() => kept.delete(of)}>
            <Trash2 size="0.875rem" aria-hidden />
          </Button>
        </>
      )}
    </li>
  )
}
