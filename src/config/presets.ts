import { MODALITIES, type ModalityName } from './modalities.ts'
import { PRESET_NAMES, type Overrides, type Preset, type PresetName } from './preset.ts'
import { FIELD_NAMES, FIELDS, type Config } from './schema.ts'

export const DEFAULT_PRESET: PresetName = 'small'

/** The presets that a modality has. */
export function presetsOf(modality: ModalityName): readonly PresetName[] {
  return PRESET_NAMES.filter((name) => MODALITIES[modality].presets.named[name] !== undefined)
}

/** A preset of a modality; its default one, where it lacks what was asked for. */
export function presetOf(modality: ModalityName, name: PresetName): Preset {
  const { named } = MODALITIES[modality].presets
  return named[name] ?? named.small
}

const DEFAULTS = Object.fromEntries(FIELD_NAMES.map((name) => [name, FIELDS[name].default])) as Config

/**
 * Later layers win: schema defaults, what the modality's presets share, the preset, what the chosen sample set needs,
 * what the person turned.
 */
export function resolveConfig(modality: ModalityName, preset: PresetName, overrides: Overrides = {}): Config {
  const { values, bySamples } = presetOf(modality, preset)
  const base: Config = { ...DEFAULTS, ...MODALITIES[modality].presets.common, ...values }
  return { ...base, ...bySamples?.[overrides.samples ?? base.samples], ...overrides }
}
