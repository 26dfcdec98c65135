import type { ModalityName } from '../../config/modalities.ts'
import type { PresetName } from '../../config/preset.ts'
import type { Config } from '../../config/schema.ts'
import type { Experiment } from '../../config/url.ts'
import type { OwnSample } from '../../worker/protocol.ts'

/** The run that the worker has been asked for, whatever the form says by now. */
export interface Running {
  readonly modality: ModalityName
  readonly preset: PresetName
  /** What it was opened with, and the hot settings that have been sent since. */
  readonly config: Config
  /** The person's own when it was opened. */
  readonly own: readonly OwnSample[]
}

/** The experiment whose settings the run has now: to it the form goes back. */
export function experimentOf({ modality, preset, config }: Running): Experiment {
  return { modality, preset, overrides: config }
}

/** Whether a sample's index still means the same sample. */
export function hasSameSamples(before: Running | null, after: Running): boolean {
  const { samples } = after.config
  return before?.config.samples === samples && (samples !== 'own' || areSameFiles(before.own, after.own))
}

/** Whether two lists are of the same files, however these are labelled. */
export function areSameFiles(some: readonly OwnSample[], others: readonly OwnSample[]): boolean {
  return some === others || (some.length === others.length && some.every(({ id }, i) => id === others[i].id))
}
