import { MODALITIES, MODALITY_NAMES } from '../../config/modalities.ts'
import { presetOf } from '../../config/presets.ts'
import { fieldOf, FIELDS } from '../../config/schema.ts'
import { Button } from '../components/Button.tsx'
import { formatCount } from '../components/format.ts'
import { Notice } from '../components/Notice.tsx'
import { useNow } from '../components/useNow.ts'
import { Collapsed } from '../health/Collapsed.tsx'
import { Halted } from '../health/Halted.tsx'
import { ago, nameOf, progressOf, settingsOf, steps as stepsOf } from '../runs/words.ts'
import { dismissBattery, useBattery } from '../store/battery.ts'
import { useBeside } from '../store/beside.ts'
import { lockstep } from '../store/lockstep.ts'
import { experiment, useExperiment, useProblems, useShown } from '../store/experiment.ts'
import { useFiles } from '../store/files.ts'
import { kept, useKept } from '../store/kept.ts'
import { run } from '../store/run.ts'
import { hasBegun, useRun, useRunningConfig, useRuns } from '../store/runState.ts'
import { isTraining, runs } from '../store/trainAll.ts'
import { undoChanges, useCanUndo, useColdChanges, useOwnChanged } from '../store/useChanges.ts'
import { useWorker } from '../store/worker.ts'
import { NewRunButton } from './NewRunButton.tsx'

/**
 * All that the page has to say to the person, above the picture. What waits for an answer stays in sight wherever the page
 * is scrolled to. A screen reader hears what comes into a region that it knows already, so the quieter ones stand in one
 * that is always there.
 */
export function Notices() {
  return (
    <>
      <div className="z-20 space-y-3 not-has-[.plate]:sr-only max-xl:fixed max-xl:inset-x-3 max-xl:bottom-28 max-xl:max-h-[50dvh] max-xl:overflow-y-auto md:max-xl:bottom-3 xl:sticky xl:top-0">
        <WorkerFailure />
        <Failure />
        <Halted />
        <div role="status" aria-atomic={false} className="space-y-3">
          <Contradictions />
          <PendingChanges />
        </div>
      </div>
      <div className="space-y-3 not-has-[.plate]:sr-only">
        <LinkProblems />
        <div role="status" aria-atomic={false} className="space-y-3">
          <Imported />
          <Offer />
          <NotKept />
          <LowBattery />
          <Collapsed />
          <Finished />
        </div>
      </div>
    </>
  )
}

function LinkProblems() {
  const problems = useExperiment((state) => state.linkProblems)
  const restoring = useFiles((state) => state.restoring !== null) // some of them may be over soon
  if (problems.length === 0 || restoring) return null
  return (
    <Notice title="Part of the link could not be used" onDismiss={experiment.dismissLinkProblems}>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </Notice>
  )
}

function WorkerFailure() {
  const failure = useWorker((state) => state.failure)
  const kept = useRun((state) => state.kept)
  if (failure === null) return null
  return (
    <Notice
      title="Training has stopped"
      actions={
        <>
          {kept && (
            <Button look="primary" onClick={() => run.goOn(kept, 'train')}>
              Go on from step {formatCount(kept.step)}
            </Button>
          )}
          <NewRunButton onClick={() => run.open()}>Start a new run</NewRunButton>
        </>
      }
    >
      <p>{failure.message}</p>
    </Notice>
  )
}

/** A run of an earlier visit, or of a worker that is gone. */
function Offer() {
  const modality = useShown()
  const offered = useKept((state) => state.offered[modality])
  const begun = useRun(hasBegun)
  const opening = useRun((state) => state.kept !== null)
  const now = useNow()
  if (offered === null || begun || opening) return null
  return (
    <Notice
      urgency="status"
      title="Go on with your last run?"
      actions={<Button onClick={() => run.goOn(offered)}>Open it</Button>}
      onDismiss={() => kept.decline(modality)}
    >
      <p className="text-muted">
        {nameOf(offered, undefined)}, {progressOf(offered)}, {ago(offered.keptAt, now)}
      </p>
    </Notice>
  )
}

/** A run that came in as a file. The one that is open is kept, so nothing is lost by going on with it. */
function Imported() {
  const imported = useKept((state) => state.imported)
  if (imported === null) return null
  const { modality, config } = imported
  return (
    <Notice
      urgency="status"
      title={`A run on ${MODALITIES[modality].title.toLowerCase()} was added to your runs`}
      actions={<Button onClick={() => run.goOn(imported)}>Open it</Button>}
      onDismiss={kept.dismissImported}
    >
      <p className="text-muted">
        {nameOf(imported, undefined)}, {progressOf(imported)}
      </p>
      {config.samples === 'own' && (
        <p>
          It was trained on files that do not come with it. To go on, first add the same{' '}
          {MODALITIES[modality].file.many} in the same order.
        </p>
      )}
    </Notice>
  )
}

function NotKept() {
  const failure = useRun((state) => state.keepingFailure)
  if (failure === null) return null
  return (
    <Notice urgency="status" title="Keeping this run" onDismiss={run.dismissKeepingFailure}>
      <p>{failure}</p>
    </Notice>
  )
}

/** Training goes on, and what it has learnt is kept; whether it is worth the battery is for the person to say. */
function LowBattery() {
  const { low, isKnown } = useBattery()
  const isAnyTraining = useRuns((all) => MODALITY_NAMES.some((name) => isTraining(all[name])))
  if (low === null || isKnown || !isAnyTraining) return null
  return (
    <Notice
      urgency="status"
      title={`The battery has ${Math.round(100 * low)} % left`}
      actions={<Button onClick={runs.pauseAll}>Pause training</Button>}
      onDismiss={dismissBattery}
    >
      <p>
        Training goes on, and takes much power. Runs are kept every few seconds: if the machine goes to sleep,
        at most those are lost.
      </p>
    </Notice>
  )
}

function Failure() {
  const failure = useRun((state) => state.failure)
  const kept = useRun((state) => state.kept)
  const beforeId = useRun((state) => state.before)
  const before = useKept(({ runs }) => runs?.find(({ id }) => id === beforeId))
  const beside = useBeside()
  if (failure === null) return null
  const { message, instead } = failure
  return (
    <Notice
      title="This run cannot go on"
      actions={
        <>
          {instead && (
            <NewRunButton look="primary" onClick={() => run.openWith(instead)}>
              Start anew with {settingsOf(instead)}
            </NewRunButton>
          )}
          {instead && beside && (
            <NewRunButton onClick={lockstep.openAlone}>Start anew without {beside.letter}</NewRunButton>
          )}
          {kept ? (
            <Button onClick={() => run.goOn(kept)}>Back to step {formatCount(kept.step)}</Button>
          ) : (
            before && (
              <Button onClick={() => run.goOn(before)}>
                Back to the run before, at step {formatCount(before.step)}
              </Button>
            )
          )}
        </>
      }
      onDismiss={run.dismissFailure}
    >
      <p>{message}</p>
    </Notice>
  )
}

/** Settings that contradict each other are named at their field, too; this one is seen from anywhere on the page. */
function Contradictions() {
  const problems = useProblems()
  if (problems.length === 0) return null
  return (
    <Notice title="These settings contradict each other" urgency="status">
      {problems.map(({ field, message }) => (
        <p key={field}>{message}</p>
      ))}
    </Notice>
  )
}

/** Cold settings that wait for a new run. Before the first step they take effect by themselves, without a word. */
function PendingChanges() {
  const changes = useColdChanges()
  const ownChanged = useOwnChanged()
  const begun = useRun(hasBegun)
  const lost = useWorker((state) => state.failure !== null)
  const training = useRun((state) => state.phase === 'training')
  const modality = useShown()
  const preset = useExperiment((state) => state.preset)
  const overrides = useExperiment((state) => state.overrides)
  const running = useRun((state) => state.running?.preset)
  const canUndo = useCanUndo()
  if (!begun || lost || (changes.length === 0 && !ownChanged)) return null

  // A method or a sample set brings other settings of the preset along.
  const turned = changes.filter((name) => overrides[name] !== undefined)
  const named = turned.length > 0 ? turned : changes
  const what =
    running !== preset
      ? `the preset ${presetOf(modality, preset).title}`
      : [
          ...named.map((name) => fieldOf(name).title),
          ...(ownChanged ? [`your ${MODALITIES[modality].file.many}`] : []),
        ].join(', ')
  return (
    <Notice
      urgency="status"
      title={`These settings need a new run: ${what}`}
      actions={
        <>
          <NewRunButton look="primary" onClick={() => run.open(training ? 'train' : null)}>
            Start a new run
          </NewRunButton>
          {changes.length > 0 && canUndo && <Button onClick={undoChanges}>Undo</Button>}
        </>
      }
    >
      <p className="text-muted">Until then the run stays as it is.</p>
    </Notice>
  )
}

function Finished() {
  const finished = useRun((state) => state.phase === 'finished')
  const step = useRun((state) => state.step)
  const { steps } = useRunningConfig()
  if (!finished || step < steps) return null
  const more = Math.min(step, FIELDS.steps.max - step)
  return (
    <Notice
      urgency="status"
      title={`The run has made its ${formatCount(step)} steps`}
      actions={
        more > 0 && (
          <Button onClick={() => run.trainWith({ steps: step + more })}>Train {stepsOf(more)} more</Button>
        )
      }
    >
      <p className="text-muted">
        {FIELDS.steps.title} is how many it makes. With more of them the learning rate rises again; Reset
        begins anew.
      </p>
    </Notice>
  )
}
