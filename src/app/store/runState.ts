import { create } from 'zustand'
import { byModality, type ByModality } from '../../config/byModality.ts'
import type { ModalityName } from '../../config/modalities.ts'
import type { Config } from '../../config/schema.ts'
import type {
  BackendEvent,
  EstimateEvent,
  FailureEvent,
  HaltedEvent,
  KeptRun,
  Phase,
  PreparingEvent,
  SnapshotEvent,
  View,
} from '../../worker/protocol.ts'
import { useConfig, useShown } from './experiment.ts'
import type { Running } from './running.ts'

/** The run of one modality. */
export interface OpenRun {
  /** Rises with each new run of the modality; 0 before the first. Reports of older runs are out of date. */
  readonly number: number
  readonly phase: Phase
  /** Steps completed. */
  readonly step: number
  /** Trainable weights of the student; 0 while opening. */
  readonly weights: number
  /** Samples in the set; 0 while opening. */
  readonly samples: number
  /** What it is computed with; null until that is known. */
  readonly backend: BackendEvent | null
  /** How far the GPU is prepared, while the run opens. */
  readonly preparing: PreparingEvent | null
  /** What it takes of the device; null until that is known. */
  readonly estimate: EstimateEvent | null
  readonly failure: FailureEvent | null
  /** Why it rests, though nobody paused it; null once it goes on. */
  readonly halted: HaltedEvent | null
  readonly snapshot: SnapshotEvent | null
  readonly view: View
  /** Null until settings that agree with each other have opened the first run. */
  readonly running: Running | null
  /** What the run goes on to do as soon as it is open. */
  readonly whenOpen: Start | null
  /** The kept run that it goes on with, while that opens. */
  readonly goesOnWith: KeptRun['id'] | null
  /** How it is kept; null while it is not. */
  readonly kept: KeptRun | null
  /** The run that was open before this one, if it was kept; it may have been deleted since. */
  readonly before: KeptRun['id'] | null
  /** Why it is not kept, or not as it was, in a sentence. */
  readonly keepingFailure: string | null
}

export type Start = 'train' | 'step'

export const FOLLOW_BATCH: View = { sample: 'batch', mask: 0 }

export const INITIAL: OpenRun = {
  number: 0,
  phase: 'opening',
  step: 0,
  weights: 0,
  samples: 0,
  backend: null,
  preparing: null,
  estimate: null,
  failure: null,
  halted: null,
  snapshot: null,
  view: FOLLOW_BATCH,
  running: null,
  whenOpen: null,
  goesOnWith: null,
  kept: null,
  before: null,
  keepingFailure: null,
}

/** What becomes of a run that has failed, beside why. */
export const FAILED = {
  phase: 'failed',
  whenOpen: null,
  goesOnWith: null,
} as const satisfies Partial<OpenRun>

/** Each modality keeps its own run, whichever is shown. */
export const useRuns = create<ByModality<OpenRun>>()(() => byModality(() => INITIAL))

export function runOf(modality: ModalityName): OpenRun {
  return useRuns.getState()[modality]
}

/** Something of a modality's run. */
export function useRunOf<Selected>(modality: ModalityName, select: (state: OpenRun) => Selected): Selected {
  return useRuns((runs) => select(runs[modality]))
}

/** Something of the shown modality's run. */
export function useRun<Selected>(select: (state: OpenRun) => Selected): Selected {
  return useRunOf(useShown(), select)
}

/** The settings that the running model has; the form's while there is no run. */
export function useRunningConfig(): Config {
  const form = useConfig()
  return useRun((state) => state.running?.config) ?? form
}

export function changeRun(modality: ModalityName, change: Partial<OpenRun>): void {
  useRuns.setState((runs) => ({ [modality]: { ...runs[modality], ...change } }))
}

/** Whether it has made a step or is about to, or goes on with one that has: it is no longer opened anew by itself. */
export function hasBegun({ step, phase, goesOnWith }: OpenRun): boolean {
  return step > 0 || phase === 'training' || goesOnWith !== null
}
