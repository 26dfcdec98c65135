import { create } from 'zustand'
import type { ModalityName } from '../../config/modalities.ts'
import type { PresetName } from '../../config/presets.ts'
import type { Config } from '../../config/schema.ts'
import type {
  BackendEvent,
  FailureEvent,
  OwnSample,
  Phase,
  SnapshotEvent,
  StateEvent,
  View,
} from '../../worker/protocol.ts'
import { restartClient, send } from './connection.ts'
import { configOf, problemsOf, useConfig, useExperiment } from './experiment.ts'
import { forgetFiles, useFiles } from './files.ts'

/** The run that the worker has been asked for, whatever the form says by now. */
export interface Running {
  readonly modality: ModalityName
  readonly preset: PresetName
  /** What it was opened with, and the hot settings that have been sent since. */
  readonly config: Config
  /** The person's images when it was opened: the list itself, which is another one after each change. */
  readonly images: readonly OwnSample[]
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
  /** Null until settings that agree with each other have opened the first run. */
  readonly running: Running | null
  /** A run has been asked for that the worker has not begun: what it says is still of the one before. */
  readonly awaited: boolean
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
  running: null,
  awaited: false,
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
    const { modality, preset } = state
    const config = configOf(state)
    const running: Running = { modality, preset, config, images: useFiles.getState().list }
    if (!hasSameSamples(useRun.getState().running, running)) run.setView(FOLLOW_BATCH)
    useRun.setState({
      phase: 'opening',
      step: 0,
      failure: null,
      running,
      awaited: true,
      trainWhenOpen: thenTrain,
    })
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
    useRun.setState({ ...INITIAL, snapshot: useRun.getState().snapshot })
    run.open()
  },
}

/** Whether a sample's index still means the same sample. */
function hasSameSamples(before: Running | null, after: Running): boolean {
  const { samples } = after.config
  return before?.config.samples === samples && (samples !== 'own' || before.images === after.images)
}

/** Takes over what the worker says of the run. The last picture stays until the new run has one of its own. */
export function applyState({ phase, step, weights, samples }: StateEvent): void {
  const begun = phase === 'opening' ? { awaited: false, failure: null } : {}
  useRun.setState({ phase, step, weights, samples, ...begun })
}

/** The settings that the running model has; the form's while there is no run. */
export function useRunningConfig(): Config {
  const form = useConfig()
  return useRun((state) => state.running?.config) ?? form
}
