import { fieldOf, type FieldName } from './schema.ts'

/** The values of a whole number field that divide `whole`, itself left out. */
export function divisors(whole: number, name: FieldName): number[] {
  const field = fieldOf(name)
  if (field.kind !== 'number') return []
  const candidates = Array.from({ length: field.max - field.min + 1 }, (_, i) => field.min + i)
  return candidates.filter((d) => whole % d === 0 && d < whole)
}
