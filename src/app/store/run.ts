import { create } from 'zustand'
import type { Config } from '../../config/schema.ts'
import type { Experiment } from '../../config/url.ts'
import type {
  BackendEvent,
  FailureEvent,
  Phase,
  SnapshotEvent,
  StateEvent,
  View,
} from '../../worker/protocol.ts'
import { restartClient, send } from './connection.ts'
import { configOf, experiment, problemsOf, useExperiment } from './experiment.ts'
import { forgetFiles, useFiles } from './files.ts'

/** What a run was opened with. */
export interface Opened {
  readonly experiment: Experiment
  readonly config: Config
  /** How many images of the person there were. */
  readonly ownImages: number
}

export interface RunState {
  readonly phase: Phase
  /** Steps completed. */
  readonly step: number
  /** Trainable weights of the student; 0 while opening. */
  readonly weights: number
  /** Samples in the set; 0 while opening. */
  readonly samples: number
  readonly backend: BackendEvent | null
  readonly failure: FailureEvent | null
  readonly snapshot: SnapshotEvent | null
  readonly view: View
  readonly opened: Opened | null
  /** The run goes on to train as soon as it is open. */
  readonly trainWhenOpen: boolean
}

const FOLLOW_BATCH: View = { sample: 'batch', mask: 0 }

const INITIAL: RunState = {
  phase: 'opening',
  step: 0,
  weights: 0,
  samples: 0,
  backend: null,
  failure: null,
  snapshot: null,
  view: FOLLOW_BATCH,
  opened: null,
  trainWhenOpen: false,
}

export const useRun = create<RunState>()(() => INITIAL)

export const run = {
  /**
   * A new run at step 0 with the form's settings, in a fresh worker where the last one failed. Does nothing while the
   * settings contradict each other.
   * @param thenTrain start training once it is open
   */
  open: (thenTrain = false): void => {
    const state = useExperiment.getState()
    if (problemsOf(state).length > 0) return
    if (useRun.getState().failure?.scope === 'worker') {
      run.restartWorker()
      return
    }
    const { modality, preset, overrides } = state
    const config = configOf(state)
    const opened: Opened = {
      experiment: { modality, preset, overrides },
      config,
      ownImages: useFiles.getState().list.length,
    }
    if (!hasSameSamples(useRun.getState().opened, opened)) run.setView(FOLLOW_BATCH)
    useRun.setState({ phase: 'opening', step: 0, failure: null, opened, trainWhenOpen: thenTrain })
    send({ type: 'open', modality, config })
  },

  /** Trains now, or as soon as the run is open. */
  train: (): void => {
    if (useRun.getState().phase === 'opening') useRun.setState({ trainWhenOpen: true })
    else send({ type: 'train' })
  },

  pause: (): void => {
    useRun.setState({ trainWhenOpen: false })
    send({ type: 'pause' })
  },

  step: (): void => {
    send({ type: 'step' })
  },

  setView: (view: View): void => {
    useRun.setState({ view })
    send({ type: 'inspect', view })
  },

  /** Holds the sample that is shown, under another mask. */
  anotherMask: (): void => {
    const { snapshot, view } = useRun.getState()
    const sample = view.sample === 'batch' ? (snapshot?.sample ?? 0) : view.sample
    run.setView({ sample, mask: view.mask + 1 })
  },

  /** Holds another sample, picked at random, under the same mask. */
  anotherSample: (): void => {
    const { samples, view } = useRun.getState()
    if (samples > 0) run.setView({ ...view, sample: Math.floor(Math.random() * samples) })
  },

  /** Holds the sample that is shown, or follows the batch again. */
  toggleHold: (): void => {
    const { snapshot, view } = useRun.getState()
    const sample = view.sample === 'batch' ? (snapshot?.sample ?? 0) : 'batch'
    run.setView({ ...view, sample })
  },

  dismissFailure: (): void => {
    useRun.setState({ failure: null })
  },

  /** After a failure of the worker: a fresh one, which knows nothing of the last one's images. */
  restartWorker: (): void => {
    restartClient()
    forgetFiles()
    if (configOf(useExperiment.getState()).samples === 'own') experiment.clearField('samples')
    useRun.setState({ ...INITIAL, snapshot: useRun.getState().snapshot })
    run.open()
  },
}

/** Whether a sample's index still means the same sample. */
function hasSameSamples(before: Opened | null, after: Opened): boolean {
  const { samples } = after.config
  return before?.config.samples === samples && (samples !== 'own' || before.ownImages === after.ownImages)
}

/** Takes over what the worker says of the run. The last picture stays until the new run has one of its own. */
export function applyState({ phase, step, weights, samples }: StateEvent): void {
  useRun.setState({ phase, step, weights, samples })
}
