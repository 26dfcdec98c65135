import { MODALITY_NAMES, type ModalityName } from './modalities.ts'

/** One of each for every modality. */
export type ByModality<Value> = Readonly<Record<ModalityName, Value>>

export function byModality<Value>(make: (modality: ModalityName) => Value): ByModality<Value> {
  return Object.fromEntries(MODALITY_NAMES.map((name) => [name, make(name)])) as ByModality<Value>
}
