import type { ModalityName } from './modalities.ts'
import { audioPresets } from './presets/audio.ts'
import { imagePresets } from './presets/image.ts'
import { PRESET_NAMES, type Overrides, type Preset, type PresetName, type Presets } from './presets/preset.ts'
import { textPresets } from './presets/text.ts'
import { FIELD_NAMES, FIELDS, type Config } from './schema.ts'

export const DEFAULT_PRESET: PresetName = 'small'

const PRESETS: Readonly<Record<ModalityName, Presets>> = {
  image: imagePresets,
  audio: audioPresets,
  text: textPresets,
}

/** The presets that a modality has. */
export function presetsOf(modality: ModalityName): readonly PresetName[] {
  return PRESET_NAMES.filter((name) => PRESETS[modality].named[name] !== undefined)
}

/** A preset of a modality; its default one, where it lacks what was asked for. */
export function presetOf(modality: ModalityName, name: PresetName): Preset {
  const { named } = PRESETS[modality]
  return named[name] ?? named.small
}

const DEFAULTS = Object.fromEntries(FIELD_NAMES.map((name) => [name, FIELDS[name].default])) as Config

/**
 * Later layers win: schema defaults, what the modality's presets share, the preset, what the chosen sample set needs,
 * what the person turned.
 */
export function resolveConfig(modality: ModalityName, preset: PresetName, overrides: Overrides = {}): Config {
  const { values, bySamples } = presetOf(modality, preset)
  const base: Config = { ...DEFAULTS, ...PRESETS[modality].common, ...values }
  return { ...base, ...bySamples?.[overrides.samples ?? base.samples], ...overrides }
}
