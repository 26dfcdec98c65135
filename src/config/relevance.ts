import type { Option } from './fields.ts'
import type { ModalityName } from './modalities.ts'
import { FIELD_NAMES, fieldOf, type Config, type FieldName } from './schema.ts'

/** The settings that a modality has, in the schema's order. */
export function fieldsOf(modality: ModalityName): readonly FieldName[] {
  return FIELD_NAMES.filter((name) => isOf(modality, fieldOf(name)))
}

/** What a modality offers for a choice, in the schema's order; nothing for a setting that is no choice. */
export function optionsOf(name: FieldName, modality: ModalityName): readonly Option[] {
  const field = fieldOf(name)
  return field.kind === 'choice' ? field.options.filter((option) => isOf(modality, option)) : []
}

/** Whether a setting changes anything beside the others: a control that would not is left out. */
export function isRelevant(name: FieldName, config: Config): boolean {
  const needs = Object.entries(fieldOf(name).needs ?? {}) as [FieldName, readonly string[]][]
  return needs.every(([other, values]) => values.includes(String(config[other])))
}

function isOf(modality: ModalityName, { modalities }: Pick<Option, 'modalities'>): boolean {
  return modalities === undefined || modalities.includes(modality)
}
