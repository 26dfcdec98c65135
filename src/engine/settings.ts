import { isHot } from '../config/relevance.ts'
import { FIELD_NAMES, type Config, type FieldName } from '../config/schema.ts'

const MASK = [
  'maskRatio',
  'maskMinBlock',
  'maskMaxBlock',
  'maskBlock',
  'maskSpan',
  'maskSurplus',
  'maskSameCount',
  'maskKeep',
  'maskRandom',
] as const satisfies readonly FieldName[]

const PICTURE = [...MASK, 'maskNoise', 'targetLayers', 'beta'] as const satisfies readonly FieldName[]

/** `current` with the hot settings of `next`. */
export function withHotSettings(current: Config, next: Config): Config {
  const hot = FIELD_NAMES.filter((name) => isHot(name, current))
  return { ...current, ...Object.fromEntries(hot.map((name) => [name, next[name]])) }
}

/** Whether a mask drawn with one would be drawn otherwise with the other. */
export function changesMask(before: Config, after: Config): boolean {
  return differ(before, after, MASK)
}

/** Whether the picture of a sample changes even before the next step. */
export function changesPicture(before: Config, after: Config): boolean {
  return differ(before, after, PICTURE)
}

function differ(before: Config, after: Config, names: readonly FieldName[]): boolean {
  return names.some((name) => before[name] !== after[name])
}
