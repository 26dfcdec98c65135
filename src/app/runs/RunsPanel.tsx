import { ChartSpline, Copy, Download, FileUp, FolderOpen, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import { MOST_RUNS, RUN_FILE } from '../../config/storage.ts'
import type { ListedRun } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { FileButton } from '../components/FileButton.tsx'
import { useNow } from '../components/useNow.ts'
import { compared, useCanCompare, useLetter, useIsBeside } from '../store/compared.ts'
import { useShown } from '../store/experiment.ts'
import { download } from '../store/download.ts'
import { historyOf } from '../store/history.ts'
import { kept, useKept } from '../store/kept.ts'
import { run } from '../store/run.ts'
import { runOf, useRun } from '../store/runState.ts'
import { csvOf, jsonOf } from './metrics.ts'
import { NoteField } from './NoteField.tsx'
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
            settings of a run, as safetensors: another browser goes on with it.
          </p>
        </>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <FileButton
          label="Add a run"
          icon={FileUp}
          attributes={{ accept: RUN_FILE }}
          onChoose={kept.import}
        />
        <Metrics />
      </div>
    </section>
  )
}

/** Downloads what was measured of the shown run. */
function Metrics() {
  const shown = useShown()
  const steps = useRun((state) => state.step)
  if (steps === 0) return null
  const save = (kind: 'csv' | 'json') => {
    const history = historyOf(shown)
    const text = kind === 'csv' ? csvOf(history.columns()) : jsonOf(history, runOf(shown).running)
    const type = kind === 'csv' ? 'text/csv' : 'application/json'
    download(`data2vec-${shown}-metrics.${kind}`, new Blob([text], { type }))
  }
  return (
    <>
      <Button size="small" aria-label="Metrics of this run as CSV" onClick={() => save('csv')}>
        <Download size="0.875rem" aria-hidden /> CSV
      </Button>
      <Button size="small" aria-label="Metrics of this run as JSON" onClick={() => save('json')}>
        <Download size="0.875rem" aria-hidden /> JSON
      </Button>
    </>
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
  const isOpen = useRun((state) => state.kept?.id === of.id)
  const isBeside = useIsBeside(of.id)
  const open = isOpen || isBeside
  const name = nameOf(of, before)
  const now = useNow()
  return (
    <li className={`rounded-plate px-2 py-1.5 ${open ? 'bg-well' : ''}`}>
      <p className="line-clamp-2 break-words" title={name}>
        {name}
      </p>
      <p className="text-muted text-xs tabular-nums">
        {progressOf(of)} ·{' '}
        {isBeside ? 'in lockstep' : isOpen ? 'open' : of.isElsewhere ? 'in another tab' : ago(of.keptAt, now)}
      </p>
      <NoteField of={of} name={name} />
      <div className="-mx-2 flex flex-wrap">
        {!open && !of.isElsewhere && (
          <Button look="quiet" size="small" aria-label={`Open ${name}`} onClick={() => run.goOn(of)}>
            <FolderOpen size="0.875rem" aria-hidden /> Open
          </Button>
        )}
        {!open && <CompareButton of={of} name={name} />}
        <Button
          look="quiet"
          size="small"
          aria-label={`Download ${name}`}
          title="Download it as one file"
          onClick={() => kept.export(of)}
        >
          <Download size="0.875rem" aria-hidden />
        </Button>
        <Button
          look="quiet"
          size="small"
          aria-label={`Duplicate ${name}`}
          title="Keep another run that is as this one is now"
          onClick={() => kept.duplicate(of)}
        >
          <Copy size="0.875rem" aria-hidden />
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
