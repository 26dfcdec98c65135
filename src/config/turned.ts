import { isRelevant } from './relevance.ts'
import { FIELD_NAMES, fieldOf, type Config, type FieldName } from './schema.ts'

/** A setting that a person has turned while a run went on. */
export interface Turned {
  readonly name: FieldName
  readonly from: Config[FieldName]
  readonly to: Config[FieldName]
}

/** Settings of the steps themselves: how what was learnt is probed changes none. */
const OF_STEPS = FIELD_NAMES.filter((name) => fieldOf(name).group !== 'probes')

/** What differs between the settings of two steps, as far as it makes a difference. */
export function turnedBetween(before: Config, after: Config): Turned[] {
  if (before === after) return []
  return OF_STEPS.filter((name) => before[name] !== after[name] && isRelevant(name, after)).map((name) => ({
    name,
    from: before[name],
    to: after[name],
  }))
}
