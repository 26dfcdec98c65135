import { MODALITIES, MODALITY_NAMES, type ModalityName } from './modalities.ts'
import { isFieldName, parseValue } from './parse.ts'
import { DEFAULT_PRESET, presetsOf, presetValue } from './presets.ts'
import type { Overrides, PresetName } from './preset.ts'
import { fieldsOf } from './relevance.ts'
import { FIELD_NAMES } from './schema.ts'

/** What a link says: an experiment, as what differs from a preset. */
export interface Experiment {
  readonly modality: ModalityName
  readonly preset: PresetName
  readonly overrides: Overrides
}

export const DEFAULT_MODALITY: ModalityName = 'image'

/** Reads `#modality=image&preset=tiny&seed=7`. What cannot be used is named in `problems` and left out. */
export function parseHash(hash: string): Experiment & { problems: string[] } {
  const problems: string[] = []
  const parameters = new URLSearchParams(hash.replace(/^#/, ''))
  const named = <Name extends string>(key: string, names: readonly Name[], fallback: Name): Name => {
    const text = parameters.get(key)
    const found = names.find((name) => name === text)
    if (text !== null && found === undefined)
      problems.push(`The link asks for ${key} “${text}”. Allowed: ${names.join(', ')}.`)
    return found ?? fallback
  }
  const modality = named('modality', MODALITY_NAMES, DEFAULT_MODALITY)
  const preset = named('preset', presetsOf(modality), DEFAULT_PRESET)
  const overrides: Record<string, unknown> = {}
  for (const [key, text] of parameters) {
    if (key === 'modality' || key === 'preset') continue
    if (!isFieldName(key)) {
      problems.push(`The link has a setting “${key}” that this page does not know.`)
      continue
    }
    if (!fieldsOf(modality).includes(key)) {
      problems.push(`The link has a setting “${key}” that ${MODALITIES[modality].title} does not have.`)
      continue
    }
    const parsed = parseValue(modality, key, text)
    if ('error' in parsed) problems.push(`In the link: ${parsed.error}`)
    else overrides[key] = parsed.value
  }
  return { modality, preset, overrides: essential({ modality, preset, overrides }), problems }
}

/** The shortest hash that restores the experiment; `parseHash` reads it back. */
export function formatHash(experiment: Experiment): string {
  const { modality, preset } = experiment
  const parameters = new URLSearchParams({ modality, preset })
  for (const [key, value] of Object.entries(essential(experiment))) parameters.set(key, String(value))
  return `#${parameters}`
}

/** The overrides that change anything: those that differ from the preset with the same sample set and method. */
export function essential(experiment: Experiment): Overrides {
  const { overrides } = experiment
  const kept = FIELD_NAMES.filter((name) => {
    const value = overrides[name]
    return value !== undefined && value !== presetValue(experiment, name)
  })
  return Object.fromEntries(kept.map((name) => [name, overrides[name]]))
}
