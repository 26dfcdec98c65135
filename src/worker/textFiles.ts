import { decodeText, MOST_BYTES, type DecodedText } from '../modalities/text/decode.ts'
import type { Refusal } from './kind.ts'

/** Reads as much of a text file as is used, or says in a sentence why it cannot be. */
export async function readTextFile(file: File): Promise<DecodedText | Refusal> {
  const bytes = await file
    .slice(0, MOST_BYTES)
    .arrayBuffer()
    .then(
      (buffer) => new Uint8Array(buffer),
      () => undefined,
    )
  if (bytes === undefined)
    return {
      refusal: `“${file.name}” could not be read. It may have been moved or changed: choose it again.`,
    }
  return decodeText(file.name, bytes, file.size)
}
