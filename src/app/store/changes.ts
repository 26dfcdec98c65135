import { checkConfig, FEWEST_OWN_IMAGES } from '../../config/check.ts'
import { FIELD_NAMES, fieldOf, type Config, type FieldName } from '../../config/schema.ts'
import type { Experiment } from '../../config/url.ts'
import type { OwnSample } from '../../worker/protocol.ts'
import { configOf, experiment, useExperiment } from './experiment.ts'
import { useFiles } from './files.ts'
import { rememberLast } from './rememberLast.ts'
import { useRun, type Running } from './run.ts'

/** The cold settings in which the form differs from the run: they take effect in a new run only. */
export function coldChanges(running: Config, form: Config): FieldName[] {
  return changes(running, form, 'cold')
}

function changes(before: Config, after: Config, applies: 'hot' | 'cold'): FieldName[] {
  return FIELD_NAMES.filter((name) => fieldOf(name).applies === applies && before[name] !== after[name])
}

/**
 * The running settings with all that the model can take over from the form now, or null when that is nothing. Hot
 * settings that belong to another preset or sample set wait for the new run, and so does each that would contradict
 * the running model (averaging more blocks than it has).
 */
export function settingsFor(running: Running, form: Experiment): Config | null {
  const wanted = configOf(form)
  const cold = coldChanges(running.config, wanted)
  const isAnotherRun = cold.includes('samples') || (cold.length > 0 && running.preset !== form.preset)
  if (isAnotherRun) return null
  const config = takeOver(running.config, wanted)
  return config === running.config ? null : config
}

/** One setting after another, because one may be possible only after another: a smallest block above the last largest. */
function takeOver(config: Config, wanted: Config): Config {
  const withOne = (name: FieldName): Config => ({ ...config, [name]: wanted[name] })
  const next = changes(config, wanted, 'hot').find((name) => checkConfig(withOne(name)).length === 0)
  return next === undefined ? config : takeOver(withOne(next), wanted)
}

/** The experiment whose settings the run has now: to it the form goes back. */
export function experimentOf({ modality, preset, config }: Running): Experiment {
  return { modality, preset, overrides: config }
}

/** Makes the form say again what runs. */
export function undoChanges(): void {
  const { running } = useRun.getState()
  if (running !== null) experiment.restore(experimentOf(running))
}

/** Whether the form can go back to what runs: not to images of the person that are gone. */
export function canUndo(running: Running | null, images: readonly OwnSample[]): boolean {
  return running !== null && (running.config.samples !== 'own' || images.length >= FEWEST_OWN_IMAGES)
}

/** Whether a run on the person's images was opened with other images than there are now. */
export function imagesChanged(running: Running | null, images: readonly OwnSample[]): boolean {
  return running?.config.samples === 'own' && running.images !== images
}

const NONE: readonly FieldName[] = []
const compared = rememberLast(coldChanges)

/** Cold fields that differ from the running config, in the schema's order. */
export function useColdChanges(): readonly FieldName[] {
  const form = useExperiment(configOf)
  const running = useRun((state) => state.running?.config)
  return running === undefined ? NONE : compared(running, form)
}

export function useImagesChanged(): boolean {
  const images = useFiles((state) => state.list)
  return useRun((state) => imagesChanged(state.running, images))
}

export function useCanUndo(): boolean {
  const images = useFiles((state) => state.list)
  return useRun((state) => canUndo(state.running, images))
}
