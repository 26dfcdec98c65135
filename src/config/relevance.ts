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
  return holds(fieldOf(name).needs ?? {}, config)
}

/** Whether a change of a setting takes effect at the next step of a run with such a configuration. */
export function isHot(name: FieldName, config: Config): boolean {
  const { applies, coldBeside } = fieldOf(name)
  return applies === 'hot' && (coldBeside === undefined || !holds(coldBeside, config))
}

/** Whether all of some settings have one of their values. */
function holds(values: Readonly<Record<string, readonly string[]>>, config: Config): boolean {
  const entries = Object.entries(values) as [FieldName, readonly string[]][]
  return entries.every(([name, allowed]) => allowed.includes(String(config[name])))
}

function isOf(modality: ModalityName, { modalities }: Pick<Option, 'modalities'>): boolean {
  return modalities === undefined || modalities.includes(modality)
}
