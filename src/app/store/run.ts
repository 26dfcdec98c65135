import { MODALITY_NAMES, type ModalityName } from '../../config/modalities.ts'
import type { Config, FieldName } from '../../config/schema.ts'
import type {
  KeptRun,
  MetricRow,
  RunCommand,
  RunId,
  StateEvent,
  View,
  WorkerFailureEvent,
} from '../../worker/protocol.ts'
import { byModality } from '../../config/byModality.ts'
import { besideFor, forgetBeside, unpin } from './beside.ts'
import { isOutOfDate, settingsFor } from './changes.ts'
import { compared } from './compared.ts'
import { restartClient, send } from './connection.ts'
import { configOf, experiment, formOf, problemsOf, shownModality } from './experiment.ts'
import { forgetFiles, useFiles } from './files.ts'
import { forgetMeasuring } from './gpu.ts'
import { forgetHealth } from './health.ts'
import { historyOf } from './history.ts'
import { askForRuns, kept } from './kept.ts'
import { forgetLearnt } from './learnt.ts'
import { hasSameSamples, type Running } from './running.ts'
import {
  changeRun,
  FOLLOW_BATCH,
  hasBegun,
  INITIAL,
  FAILED,
  runOf,
  useRuns,
  type OpenRun,
  type Start,
} from './runState.ts'
import { useSight, withSight, type Sight } from './sight.ts'
import { useWorker } from './worker.ts'

/** Whether a run that has not begun differs from what the person has chosen since. */
export function isBehind(modality: ModalityName): boolean {
  const state = runOf(modality)
  const own = useFiles.getState().own[modality]
  return !hasBegun(state) && isOutOfDate(state.running, configOf(formOf(modality)), own)
}

/** All act on the shown modality unless another is named. */
export const run = {
  /**
   * A new run at step 0 with the form's settings, in a fresh worker where the last one failed. Does nothing while the
   * settings contradict each other.
   * @param whenOpen what to go on to do once it is open
   */
  open: (whenOpen: Start | null = null, modality = shownModality()): void => {
    openRun(modality, whenOpen)
  },

  /** Goes on with a kept run, whatever the form says. */
  goOn: (from: KeptRun, whenOpen: Start | null = null): void => {
    const { id, modality, preset, config } = from
    experiment.restore({ modality, preset, overrides: config })
    kept.dismissImported()
    openRun(modality, whenOpen, id)
    experiment.show(modality)
  },

  /** Trains now, or as soon as a run with the form's settings is open. */
  train: (modality = shownModality()): void => {
    start('train', modality)
  },

  /** Trains on with some hot settings turned, in the form, too, whatever else waits there for a new run. */
  trainWith: (change: Partial<Config>, modality = shownModality()): void => {
    turn(change, modality)
    const { running } = runOf(modality)
    if (running === null) return
    const config = { ...running.config, ...change }
    changeRun(modality, { running: { ...running, config }, halted: null })
    sendToRun(modality, { type: 'settings', config })
    sendToRun(modality, { type: 'train' })
  },

  /** A new run with some settings turned, in the form, too. */
  openWith: (change: Partial<Config>): void => {
    turn(change, shownModality())
    run.open()
  },

  pause: (modality = shownModality()): void => {
    changeRun(modality, { whenOpen: null })
    sendToRun(modality, { type: 'pause' })
  },

  step: (modality = shownModality()): void => {
    start('step', modality)
  },

  /** Measures now what has been learnt. */
  probe: (): void => {
    sendToRun(shownModality(), { type: 'probe' })
  },

  setView: (view: View): void => {
    changeRun(shownModality(), { view })
    look(shownModality(), view)
  },

  /** Holds the sample that is shown, under another mask. */
  anotherMask: (): void => {
    const { snapshot, view } = runOf(shownModality())
    const sample = view.sample === 'batch' ? (snapshot?.sample ?? 0) : view.sample
    run.setView({ sample, mask: view.mask + 1 })
  },

  /** Holds another sample, picked at random, under the same mask. */
  anotherSample: (): void => {
    const { samples, view } = runOf(shownModality())
    if (samples > 0) run.setView({ ...view, sample: Math.floor(Math.random() * samples) })
  },

  /** Holds the sample that is shown, or follows the batch again. */
  toggleHold: (): void => {
    const { snapshot, view } = runOf(shownModality())
    const sample = view.sample === 'batch' ? (snapshot?.sample ?? 0) : 'batch'
    run.setView({ ...view, sample })
  },

  /** Asks for what a figure that has come into sight shows, or no longer asks for it. */
  see: (change: Partial<Sight>): void => {
    useSight.setState(change)
    look(shownModality(), runOf(shownModality()).view)
  },

  dismissFailure: (): void => {
    changeRun(shownModality(), { failure: null })
  },

  dismissHalted: (): void => {
    changeRun(shownModality(), { halted: null })
  },

  dismissKeepingFailure: (): void => {
    changeRun(shownModality(), { keepingFailure: null })
  },
}

/** Turns settings in the form. */
function turn(change: Partial<Config>, modality: ModalityName): void {
  for (const [name, value] of Object.entries(change)) experiment.setField(name as FieldName, value, modality)
}

/** @param goOn the kept run that it goes on with; without it, a new one */
function openRun(modality: ModalityName, whenOpen: Start | null, goOn?: KeptRun['id']): void {
  if (problemsOf(formOf(modality)).length > 0) return
  if (useWorker.getState().failure !== null) startWorkerAnew()
  const before = runOf(modality)
  const running = asked(modality)
  const view = hasSameSamples(before.running, running) ? before.view : FOLLOW_BATCH
  const { number, snapshot, backend } = before // what is shown stays until the new run has its own
  changeRun(modality, {
    ...INITIAL,
    number: number + 1,
    ...{ running, view, snapshot, backend, whenOpen },
    goesOnWith: goOn ?? null,
    before: before.kept?.id ?? before.before,
  })
  forgetMetrics(modality)
  compared.refresh() // the run before may be one of them
  if (goOn !== undefined) unpin(modality) // what was beside it then is over
  const { config, preset } = running
  const looked = modality === shownModality() ? withSight(view) : null
  const beside = besideFor(modality, config)
  sendToRun(modality, { type: 'open', preset, config, goOn, beside, view: looked })
}

/** What the person asks for now. */
function asked(modality: ModalityName): Running {
  const form = formOf(modality)
  return { modality, preset: form.preset, config: configOf(form), own: useFiles.getState().own[modality] }
}

/** A modality's pictures are asked for while somebody looks at it, and spared while nobody does. */
export function look(modality: ModalityName, view: View | null): void {
  if (runOf(modality).running !== null)
    sendToRun(modality, { type: 'inspect', view: view && withSight(view) })
}

/** Sends the form's settings that the running model can take over, if there are any. */
export function sendHotSettings(modality: ModalityName): void {
  const { running } = runOf(modality)
  const form = formOf(modality)
  const config = running && settingsFor(running, form)
  if (!config) return
  changeRun(modality, { running: { ...running, preset: form.preset, config } })
  sendToRun(modality, { type: 'settings', config })
}

/** Takes over what the worker says of the run. */
export function applyState(modality: ModalityName, { phase, step, weights, samples }: StateEvent): void {
  const { phase: before, whenOpen } = runOf(modality)
  changeRun(modality, { phase, step, weights, samples, ...(phase !== 'opening' && { goesOnWith: null }) })
  if (phase === 'opening' || before !== 'opening' || whenOpen === null) return
  changeRun(modality, { whenOpen: null })
  if (phase === 'paused') sendToRun(modality, { type: whenOpen })
}

/** Takes over the steps that the worker has measured. Metrics and state arrive as separate events: the later step is the truth. */
export function applyMetrics(modality: ModalityName, rows: readonly MetricRow[]): void {
  historyOf(modality).append(rows)
  const latest = rows.at(-1)
  if (latest) changeRun(modality, { step: Math.max(runOf(modality).step, latest.step) })
}

/**
 * The worker can do nothing any more, for any run: what a run has said of itself matters no longer. A worker that an error
 * has not ended is told to stop; what it can keep still counts.
 */
export function loseWorker(failure: WorkerFailureEvent): void {
  useWorker.setState({ failure })
  for (const name of MODALITY_NAMES) if (runOf(name).running !== null) sendToRun(name, { type: 'pause' })
  useRuns.setState((runs) => byModality((name): OpenRun => ({ ...runs[name], ...FAILED, failure: null })))
}

function start(what: Start, modality: ModalityName): void {
  changeRun(modality, { halted: null })
  if (isBehind(modality)) run.open(what, modality)
  else if (runOf(modality).phase === 'opening') changeRun(modality, { whenOpen: what })
  else {
    sendHotSettings(modality) // what was turned a moment ago holds from the first step on
    sendToRun(modality, { type: what })
  }
}

/** After a failure of the worker: a fresh one, which knows nothing of the last one's runs and files. */
function startWorkerAnew(): void {
  restartClient()
  useWorker.setState({ failure: null })
  useRuns.setState((runs) =>
    byModality((name): OpenRun => ({
      ...INITIAL,
      number: runs[name].number,
      snapshot: runs[name].snapshot,
    })),
  )
  MODALITY_NAMES.forEach(forgetMetrics)
  askForRuns()
  forgetFiles()
  forgetMeasuring()
}

/** All that was measured of a run. */
function forgetMetrics(modality: ModalityName): void {
  historyOf(modality).reset()
  forgetHealth(modality)
  forgetLearnt(modality)
  forgetBeside(modality)
}

/** A command but for the run that it is for. */
type Bare<Of> = Of extends RunId ? Omit<Of, keyof RunId> : never

export function sendToRun(modality: ModalityName, bare: Bare<RunCommand>): void {
  send({ ...bare, modality, run: runOf(modality).number })
}
