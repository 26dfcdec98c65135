import type { Config } from '../../config/schema.ts'

type Vocabulary = Pick<Config, 'vocabulary'>

/** Id of the token that begins a passage; the ids before it are the vocabulary's. */
export function bosOf({ vocabulary }: Vocabulary): number {
  return vocabulary
}

/** Id of the token that ends a passage. */
export function eosOf({ vocabulary }: Vocabulary): number {
  return vocabulary + 1
}
