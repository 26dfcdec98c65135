import { create } from 'zustand'
import { checkConfig, type Problem } from '../../config/check.ts'
import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import { DEFAULT_PRESET, resolveConfig } from '../../config/presets.ts'
import type { Overrides, PresetName } from '../../config/preset.ts'
import type { Config, FieldName } from '../../config/schema.ts'
import { DEFAULT_MODALITY, essential, parseHash, type Experiment } from '../../config/url.ts'
import { byModality, type ByModality } from '../../config/byModality.ts'
import { rememberLast } from './rememberLast.ts'

/** What the form of a modality says: an experiment, and what was wrong with the link that it came from. */
export interface ExperimentState extends Experiment {
  readonly linkProblems: readonly string[]
  /** Counts the times that the form was set anew as a whole; what was being typed is then out of date. */
  readonly edition: number
}

interface Experiments {
  /** The modality whose tab is open. */
  readonly shown: ModalityName
  /** Each modality keeps its own, whichever is shown. */
  readonly experiments: ByModality<ExperimentState>
}

export const useExperiments = create<Experiments>()(() => ({
  shown: DEFAULT_MODALITY,
  experiments: byModality((modality) => ({
    modality,
    preset: DEFAULT_PRESET,
    overrides: {},
    linkProblems: [],
    edition: 0,
  })),
}))

// One memory for each modality: what is selected from a store must stay the same object until it changes.
const resolved = byModality((modality) =>
  rememberLast((preset: PresetName, overrides: Overrides) => resolveConfig(modality, preset, overrides)),
)
const checked = byModality((modality) =>
  rememberLast((config: Config): readonly Problem[] => checkConfig(modality, config)),
)

/** The complete settings of an experiment; the same object until one of them changes. */
export function configOf({ modality, preset, overrides }: Experiment): Config {
  return resolved[modality](preset, overrides)
}

export function problemsOf(state: Experiment): readonly Problem[] {
  return checked[state.modality](configOf(state))
}

export function shownModality(): ModalityName {
  return useExperiments.getState().shown
}

/** What the form of a modality says now. */
export function formOf(modality: ModalityName): ExperimentState {
  return useExperiments.getState().experiments[modality]
}

/** The modality whose tab is open. */
export function useShown(): ModalityName {
  return useExperiments((state) => state.shown)
}

/** Something of the shown modality's experiment. */
export function useExperiment<Selected>(select: (state: ExperimentState) => Selected): Selected {
  return useExperiments(({ shown, experiments }) => select(experiments[shown]))
}

/** The form's settings. The run's own may differ: see `useRunningConfig`. */
export function useConfig(): Config {
  return useExperiment(configOf)
}

/** One of the form's settings: the component renders again only when this one changes. */
export function useField<Name extends FieldName>(name: Name): Config[Name] {
  return useExperiment((state) => configOf(state)[name])
}

/** The settings that contradict each other; while there are any, no run can be opened. */
export function useProblems(): readonly Problem[] {
  return useExperiment(problemsOf)
}

/** The sample set and the backend belong to the person and their machine: presets do not speak of them. */
export function isApartFromPresets(name: string): boolean {
  return name === 'samples' || name === 'backend'
}

/** All act on the shown modality unless another is named. */
export const experiment = {
  /** Opens the modality's tab. */
  show: (shown: ModalityName): void => {
    useExperiments.setState({ shown })
  },

  /** Another preset takes the person's overrides back, but leaves what they chose to train on and with. */
  setPreset: (preset: PresetName): void => {
    const modality = shownModality()
    update(modality, ({ overrides }) => ({
      preset,
      overrides: Object.fromEntries(Object.entries(overrides).filter(([name]) => isApartFromPresets(name))),
    }))
    renew(modality)
  },

  setField: <Name extends FieldName>(name: Name, value: Config[Name], modality = shownModality()): void => {
    update(modality, ({ overrides }) => ({ overrides: { ...overrides, [name]: value } }))
  },

  /** Back to the preset's value. */
  clearField: (name: FieldName, modality = shownModality()): void => {
    update(modality, ({ overrides }) => ({
      overrides: Object.fromEntries(Object.entries(overrides).filter(([other]) => other !== name)),
    }))
  },

  setSamples: (samples: Config['samples'], modality = shownModality()): void => {
    experiment.setField('samples', samples, modality)
    if (samples !== 'own') return
    // What a link could not bring is there now.
    const { linkProblems } = formOf(modality)
    patch(modality, { linkProblems: linkProblems.filter((problem) => problem !== ownStays(modality)) })
  },

  restore: ({ modality, preset, overrides }: Experiment): void => {
    update(modality, () => ({ preset, overrides }))
    renew(modality)
  },

  /**
   * Takes over what a link says, and opens its modality. What it says wrongly is kept for the person to read.
   * @param hasOwn whether there is enough of the person's own to train on: a link cannot bring it
   */
  loadLink: (hash: string, hasOwn: (modality: ModalityName) => boolean): void => {
    const { problems, ...linked } = parseHash(hash)
    const { modality } = linked
    patch(modality, { ...linked, linkProblems: problems })
    if (linked.overrides.samples === 'own' && !hasOwn(modality)) {
      experiment.clearField('samples', modality)
      patch(modality, { linkProblems: [...problems, ownStays(modality)] })
    }
    experiment.show(modality)
  },

  /** There is enough of the person's own now: what a link asked for in vain can be had. */
  takeOwn: (modality: ModalityName): void => {
    if (formOf(modality).linkProblems.includes(ownStays(modality))) experiment.setSamples('own', modality)
  },

  dismissLinkProblems: (): void => {
    patch(shownModality(), { linkProblems: [] })
  },
}

function ownStays(modality: ModalityName): string {
  const { many } = MODALITIES[modality].file
  return `The link was made with someone’s own ${many}, which never leave their browser. Add yours under Data; until then the run uses the preset’s sample set.`
}

function patch(modality: ModalityName, change: Partial<ExperimentState>): void {
  useExperiments.setState(({ experiments }) => ({
    experiments: { ...experiments, [modality]: { ...experiments[modality], ...change } },
  }))
}

/** What is being typed into the form is out of date. */
function renew(modality: ModalityName): void {
  patch(modality, { edition: formOf(modality).edition + 1 })
}

/** Only overrides that change anything are kept, so that the link stays short and “changed” means changed. */
function update(modality: ModalityName, change: (state: Experiment) => Partial<Experiment>): void {
  const { preset, overrides } = formOf(modality)
  const now: Experiment = { modality, preset, overrides }
  const changed = { ...now, ...change(now) }
  patch(modality, { ...changed, overrides: essential(changed) })
}
