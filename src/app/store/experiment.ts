import { create } from 'zustand'
import { checkConfig, FEWEST_OWN_IMAGES, type Problem } from '../../config/check.ts'
import type { ModalityName } from '../../config/modalities.ts'
import { resolveConfig, type Overrides, type PresetName } from '../../config/presets.ts'
import type { Config, FieldName } from '../../config/schema.ts'
import { essential, parseHash, type Experiment } from '../../config/url.ts'
import { rememberLast } from './rememberLast.ts'

/** What the form says: an experiment, and what was wrong with the link that it came from. */
export interface ExperimentState extends Experiment {
  readonly linkProblems: readonly string[]
  /** Counts the times that the form was set anew as a whole; what was being typed is then out of date. */
  readonly edition: number
}

const { modality, preset, overrides } = parseHash('')

export const useExperiment = create<ExperimentState>()(() => ({
  modality,
  preset,
  overrides,
  linkProblems: [],
  edition: 0,
}))

const resolved = rememberLast((modality: ModalityName, preset: PresetName, overrides: Overrides) =>
  resolveConfig(modality, preset, overrides),
)

const checked = rememberLast((config: Config): readonly Problem[] => checkConfig(config))

const OWN_IMAGES_STAY =
  'The link was made with someone’s own images, which never leave their browser. Add yours under Data; until then the run uses the preset’s sample set.'

/** The complete settings of an experiment; the same object until one of them changes. */
export function configOf({ modality, preset, overrides }: Experiment): Config {
  return resolved(modality, preset, overrides)
}

export function problemsOf(state: Experiment): readonly Problem[] {
  return checked(configOf(state))
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

/** The value that a field has without its override: the preset's, for the chosen sample set. */
export function presetValue<Name extends FieldName>(state: Experiment, name: Name): Config[Name] {
  const { samples } = state.overrides
  const kept: Overrides = samples === undefined || name === 'samples' ? {} : { samples }
  return resolveConfig(state.modality, state.preset, kept)[name]
}

/** The sample set and the backend belong to the person and their machine: presets do not speak of them. */
export function isApartFromPresets(name: string): boolean {
  return name === 'samples' || name === 'backend'
}

export const experiment = {
  setModality: (modality: ModalityName): void => {
    useExperiment.setState({ modality, overrides: {} })
  },

  /** Another preset takes the person's overrides back, but leaves what they chose to train on and with. */
  setPreset: (preset: PresetName): void => {
    update(({ modality, overrides }) => ({
      modality,
      preset,
      overrides: Object.fromEntries(Object.entries(overrides).filter(([name]) => isApartFromPresets(name))),
    }))
    useExperiment.setState(({ edition }) => ({ edition: edition + 1 }))
  },

  setField: <Name extends FieldName>(name: Name, value: Config[Name]): void => {
    update(({ overrides, ...rest }) => ({ ...rest, overrides: { ...overrides, [name]: value } }))
  },

  /** Back to the preset's value. */
  clearField: (name: FieldName): void => {
    update(({ overrides, ...rest }) => {
      const kept = Object.entries(overrides).filter(([other]) => other !== name)
      return { ...rest, overrides: Object.fromEntries(kept) }
    })
  },

  setSamples: (samples: Config['samples']): void => {
    experiment.setField('samples', samples)
  },

  restore: (saved: Experiment): void => {
    update(() => saved)
    useExperiment.setState(({ edition }) => ({ edition: edition + 1 }))
  },

  /**
   * Takes over what a link says. What it says wrongly is kept for the person to read.
   * @param ownImages how many images of the person there are: a link cannot bring them
   */
  loadLink: (hash: string, ownImages: number): void => {
    const { problems, ...linked } = parseHash(hash)
    useExperiment.setState({ ...linked, linkProblems: problems })
    if (linked.overrides.samples !== 'own' || ownImages >= FEWEST_OWN_IMAGES) return
    experiment.clearField('samples')
    useExperiment.setState({ linkProblems: [...problems, OWN_IMAGES_STAY] })
  },

  dismissLinkProblems: (): void => {
    useExperiment.setState({ linkProblems: [] })
  },
}

/** Only overrides that change anything are kept, so that the link stays short and “changed” means changed. */
function update(change: (state: Experiment) => Experiment): void {
  useExperiment.setState((state) => {
    const { modality, preset, overrides } = state
    const changed = change({ modality, preset, overrides })
    return { ...changed, overrides: essential(changed) }
  })
}
