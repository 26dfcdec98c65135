/** How the form and the person's files differ from what runs. Pure: the stores and hooks ask it. */
import { checkConfig, FEWEST_OWN } from '../../config/check.ts'
import { isHot, isRelevant } from '../../config/relevance.ts'
import { FIELD_NAMES, type Config, type FieldName } from '../../config/schema.ts'
import type { Experiment } from '../../config/url.ts'
import type { OwnSample } from '../../worker/protocol.ts'
import { configOf } from './experiment.ts'
import { areSameFiles, type Running } from './running.ts'

/**
 * The cold settings in which the form differs from the run: they take effect in a new run only. Those that change
 * nothing beside the others are left out.
 */
export function coldChanges(running: Config, form: Config): FieldName[] {
  return changes(running, form, 'cold').filter((name) => isRelevant(name, form))
}

function changes(before: Config, after: Config, applies: 'hot' | 'cold'): FieldName[] {
  return FIELD_NAMES.filter(
    (name) => isHot(name, before) === (applies === 'hot') && before[name] !== after[name],
  )
}

/**
 * The running settings with all that the model can take over from the form now, or null when that is nothing. Hot
 * settings that belong to another preset, sample set or method wait for the new run, and so does each that would contradict
 * the running model (averaging more blocks than it has).
 */
export function settingsFor(running: Running, form: Experiment): Config | null {
  const wanted = configOf(form)
  const cold = coldChanges(running.config, wanted)
  const isAnotherRun =
    cold.includes('samples') || cold.includes('method') || (cold.length > 0 && running.preset !== form.preset)
  if (isAnotherRun) return null
  const config = takeOver(running, wanted)
  return config === running.config ? null : config
}

/** One setting after another, because one may be possible only after another: a smallest block above the last largest. */
function takeOver({ modality, config }: Pick<Running, 'modality' | 'config'>, wanted: Config): Config {
  const withOne = (name: FieldName): Config => ({ ...config, [name]: wanted[name] })
  const next = changes(config, wanted, 'hot').find(
    (name) => checkConfig(modality, withOne(name)).length === 0,
  )
  return next === undefined ? config : takeOver({ modality, config: withOne(next) }, wanted)
}

/** Samples that a list of the person's files is good for. */
export function partsOf(own: readonly OwnSample[]): number {
  return own.reduce((total, { parts }) => total + parts, 0)
}

export function isEnough(own: readonly OwnSample[]): boolean {
  return partsOf(own) >= FEWEST_OWN
}

/** Whether the form can go back to what runs: not to files of the person that are gone. */
export function canUndo(running: Running | null, own: readonly OwnSample[]): boolean {
  return running !== null && (running.config.samples !== 'own' || isEnough(own))
}

/** Whether a run on the person's own was opened with others than there are now. */
export function ownChanged(running: Running | null, own: readonly OwnSample[]): boolean {
  return running?.config.samples === 'own' && !areSameFiles(running.own, own)
}

/** Whether a new run would differ from this one in more than its progress; always, while there is none. */
export function isOutOfDate(running: Running | null, form: Config, own: readonly OwnSample[]): boolean {
  return running === null || coldChanges(running.config, form).length > 0 || ownChanged(running, own)
}
