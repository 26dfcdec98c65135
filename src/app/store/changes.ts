import { useMemo } from 'react'
import { checkConfig } from '../../config/check.ts'
import type { Overrides } from '../../config/presets.ts'
import { FIELD_NAMES, fieldOf, type Config, type FieldName } from '../../config/schema.ts'
import type { Experiment } from '../../config/url.ts'
import { configOf, useExperiment } from './experiment.ts'
import { useFiles } from './files.ts'
import { rememberLast } from './rememberLast.ts'
import { useRun, type Opened } from './run.ts'

/** The cold settings in which the form differs from the run: they take effect in a new run only. */
export function coldChanges(running: Config, form: Config): FieldName[] {
  return FIELD_NAMES.filter((name) => fieldOf(name).applies === 'cold' && running[name] !== form[name])
}

/**
 * What the running model can take over from the form now: its hot settings. Null when there is nothing sound to send:
 * hot settings that belong to another preset or sample set wait for the new run, and so do those that would
 * contradict the running model (averaging more blocks than it has).
 */
export function settingsFor(opened: Opened, form: Experiment): Config | null {
  const config = configOf(form)
  const cold = coldChanges(opened.config, config)
  if (cold.length === 0) return config
  if (opened.experiment.preset !== form.preset || cold.includes('samples')) return null
  const kept = Object.fromEntries(cold.map((name) => [name, opened.config[name]]))
  const merged: Config = { ...config, ...kept }
  return checkConfig(merged).length === 0 ? merged : null
}

/** The experiment with the run's cold settings and the form's hot ones; a changed preset goes back as a whole. */
export function withoutColdChanges(opened: Experiment, form: Experiment): Experiment {
  if (opened.preset !== form.preset) return opened
  return { ...opened, overrides: { ...only('cold', opened.overrides), ...only('hot', form.overrides) } }
}

function only(applies: 'hot' | 'cold', overrides: Overrides): Overrides {
  return Object.fromEntries(
    Object.entries(overrides).filter(([name]) => fieldOf(name as FieldName).applies === applies),
  )
}

/** Whether a run on the person's images was opened with other images than there are now. */
export function imagesChanged(opened: Opened | null, ownImages: number): boolean {
  return opened?.config.samples === 'own' && opened.ownImages !== ownImages
}

/** The settings that the running model has, as far as the page can know: the form's hot ones, the run's cold ones. */
export function useRunningConfig(): Config {
  const form = useExperiment()
  const opened = useRun((state) => state.opened)
  return useMemo(
    () => (opened === null ? configOf(form) : (settingsFor(opened, form) ?? opened.config)),
    [form, opened],
  )
}

const NONE: readonly FieldName[] = []
const compared = rememberLast(coldChanges)

/** Cold fields that differ from the running config, in the schema's order. */
export function useColdChanges(): readonly FieldName[] {
  const form = useExperiment(configOf)
  const running = useRun((state) => state.opened?.config)
  return running === undefined ? NONE : compared(running, form)
}

export function useImagesChanged(): boolean {
  const count = useFiles((state) => state.list.length)
  return useRun((state) => imagesChanged(state.opened, count))
}
