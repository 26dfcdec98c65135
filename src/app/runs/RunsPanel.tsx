import { ChartSpline, Download, Play, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import { MOST_RUNS } from '../../config/storage.ts'
import type { ListedRun } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { useNow } from '../components/useNow.ts'
import { compared, useCanCompare, useLetter } from '../store/compared.ts'
import { useShown } from '../store/experiment.ts'
import { download } from '../store/download.ts'
import { historyOf } from '../store/history.ts'
import { kept, useKept } from '../store/kept.ts'
import { run, useRun } from '../store/run.ts'
import { csvOf } from './csv.ts'
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
      <Failed />
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
            Kept in this browser alone: the {MOST_RUNS} newest of all. A download has weights, optimizer and
            settings of a run, as safetensors.
          </p>
          <Metrics />
        </>
      )}
    </section>
  )
}

/** Downloads what was measured of the shown run. */
function Metrics() {
  const shown = useShown()
  const steps = useRun((state) => state.step)
  if (steps === 0) return null
  const save = () => {
    const table = csvOf(historyOf(shown).columns())
    download(`data2vec-${shown}-metrics.csv`, new Blob([table], { type: 'text/csv' }))
  }
  return (
    <Button size="small" className="mt-2" onClick={save}>
      <Download size="0.875rem" aria-hidden /> Metrics of this run as CSV
    </Button>
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

function Failed() {
  const failure = useKept((state) => state.failure)
  if (failure === null) return null
  return (
    <p role="alert" className="text-difference-text mb-2 text-xs">
      {failure}
    </p>
  )
}

function Row({ of, before }: { readonly of: ListedRun; readonly before: ListedRun | undefined }) {
  const open = useRun((state) => state.kept?.id === of.id)
  const name = nameOf(of, before)
  const now = useNow()
  return (
    <li className={`rounded-plate px-2 py-1.5 ${open ? 'bg-well' : ''}`}>
      <p className="line-clamp-2 break-words" title={name}>
        {name}
      </p>
      <p className="text-muted text-xs tabular-nums">
        {progressOf(of)} · {open ? 'open' : of.isElsewhere ? 'in another tab' : ago(of.keptAt, now)}
      </p>
      <div className="-mx-2 flex flex-wrap">
        {!open && !of.isElsewhere && (
          <Button look="quiet" size="small" aria-label={`Go on with ${name}`} onClick={() => run.goOn(of)}>
            <Play size="0.875rem" aria-hidden /> Go on
          </Button>
        )}
        {!open && <CompareButton of={of} name={name} />}
        <Button look="quiet" size="small" aria-label={`Download ${name}`} onClick={() => kept.export(of)}>
          <Download size="0.875rem" aria-hidden />
        </Button>
        {!open && !of.isElsewhere && (
          <Button look="quiet" size="small" aria-label={`Delete ${name}`} onClick={() => kept.delete(of)}>
            <Trash2 size="0.875rem" aria-hidden />
          </Button>
        )}
      </div>
    </li>
  )
}

/** Draws the run's loss beside the open one's, or no longer. */
function CompareButton({ of, name }: { readonly of: ListedRun; readonly name: string }) {
  const letter = useLetter(of.id)
  const canCompare = useCanCompare()
  return (
    <Button
      look="quiet"
      size="small"
      aria-label={`Compare ${name}${letter === undefined ? '' : `, as ${letter}`}`}
      aria-pressed={letter !== undefined}
      title={
        letter === undefined && !canCompare
          ? 'No more can be told apart: compare another no longer first'
          : 'Draw its loss and accuracy beside the open run’s'
      }
      disabled={letter === undefined && !canCompare}
      onClick={() => compared.toggle(of)}
    >
      <ChartSpline size="0.875rem" aria-hidden /> {letter ?? 'Compare'}
    </Button>
  )
}
