import { MODALITIES, type ModalityName } from './modalities.ts'
import { PRESET_NAMES, type Overrides, type Preset, type PresetName } from './preset.ts'
import { FIELD_NAMES, FIELDS, type Config, type FieldName } from './schema.ts'

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

/** Every setting as the schema has it. */
export const DEFAULTS = Object.fromEntries(FIELD_NAMES.map((name) => [name, FIELDS[name].default])) as Config

/**
 * Later layers win: schema defaults, what the modality's presets share, the preset, what the chosen sample set needs,
 * what the method needs, what the person turned.
 */
export function resolveConfig(modality: ModalityName, preset: PresetName, overrides: Overrides = {}): Config {
  const { values, bySamples, byMethod } = presetOf(modality, preset)
  const base: Config = { ...DEFAULTS, ...MODALITIES[modality].presets.common, ...values }
  const suited = { ...base, ...bySamples?.[overrides.samples ?? base.samples] }
  return { ...suited, ...byMethod?.[overrides.method ?? suited.method], ...overrides }
}

/** A preset, and what a person turned. */
interface Chosen {
  readonly modality: ModalityName
  readonly preset: PresetName
  readonly overrides: Overrides
}

/** Settings of a person on which others of a preset depend. */
const DECIDING = ['samples', 'method'] as const satisfies readonly FieldName[]

/** What a setting is as long as nobody turns it, beside what the person turned. */
export function presetValue<Name extends FieldName>(
  { modality, preset, overrides }: Chosen,
  name: Name,
): Config[Name] {
  const decided = DECIDING.filter((other) => other !== name && overrides[other] !== undefined)
  const kept: Overrides = Object.fromEntries(decided.map((other) => [other, overrides[other]]))
  return resolveConfig(modality, preset, kept)[name]
}
