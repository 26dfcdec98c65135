import type { ModalityName } from './modalities.ts'
import { fieldOf, type Config, type FieldName } from './schema.ts'

const SOURCE = { '1': 'Paper', '2': 'data2vec 2.0' } as const satisfies Record<Config['method'], string>

/** What the paper of a method, or its released code, used for a setting, with its name; undefined if neither says so. */
export function paperNote(
  name: FieldName,
  modality: ModalityName,
  method: Config['method'],
): string | undefined {
  const { paper, paper2 } = fieldOf(name)
  const value = (method === '2' ? paper2?.[modality] : undefined) ?? paper[modality]
  return value === undefined ? undefined : `${SOURCE[method]}: ${value}`
}
