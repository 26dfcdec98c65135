import type { Config } from '../../config/schema.ts'
import type { Tokenizer } from './bpe.ts'
import { bosOf, eosOf } from './ids.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of one token; ‹what is none›, such as one byte of a letter, as its bytes. */
export function pieceOf(id: number, config: Config, { bytesOf }: Pick<Tokenizer, 'bytesOf'>): string {
  if (id === bosOf(config)) return '‹begin›'
  if (id === eosOf(config)) return '‹end›'
  const bytes = bytesOf(id)
  return bytes ? (textOf(bytes) ?? `‹${hexOf(bytes)}›`) : `‹unused ${id}›`
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}
