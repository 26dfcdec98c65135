import * as tf from '@tensorflow/tfjs-core'
import type { Batch } from '../data2vec/batch.ts'
import type { Layout, Written } from '../modalities/modality.ts'

/** Samples with their masks on the CPU, of a fixed shape: B samples after one another. */
export interface HostBatch {
  /** Which samples they are, and what was written of each. */
  readonly samples: Uint32Array
  readonly written: Written[]
  /** `[B, …Layout.input]` */
  readonly input: Float32Array
  /** The same as the student gets it, if it differs. */
  seen: Float32Array | undefined
  /** `[B, T]`, 1 is masked. */
  readonly mask: Float32Array
}

export function emptyBatch({ tokens, input: [rows, columns] }: Layout, size: number): HostBatch {
  return {
    samples: new Uint32Array(size),
    written: Array.from({ length: size }, () => ({ length: tokens, start: 0 })),
    input: new Float32Array(size * rows * columns),
    seen: undefined,
    mask: new Float32Array(size * tokens),
  }
}

/** The batch as tensors, for which the caller is responsible: `disposeBatch`. */
export function toTensors({ samples, written, input, seen, mask }: HostBatch, layout: Layout): Batch {
  const { tokens, padded } = layout
  const shape: [number, number, number] = [samples.length, ...layout.input]
  return {
    input: tf.tensor3d(input, shape),
    ...(seen && { seen: tf.tensor3d(seen, shape) }),
    ...(padded && { valid: tf.tensor2d(validOf(written, tokens), [samples.length, tokens]) }),
    mask: tf.tensor2d(mask, [samples.length, tokens]),
  }
}

export function disposeBatch({ input, seen, valid, mask }: Batch): void {
  for (const tensor of [input, seen, valid, mask]) tensor?.dispose()
}

/** The rows of `[B·T, …]` that belong to real tokens, one sample after another. */
export function realRows(values: Float32Array, written: readonly Written[], tokens: number): Float32Array {
  const width = values.length / written.length / tokens
  const rows = new Float32Array(written.reduce((sum, { length }) => sum + length, 0) * width)
  let next = 0
  written.forEach(({ length }, i) => {
    const first = i * tokens * width
    rows.set(values.subarray(first, first + length * width), next)
    next += length * width
  })
  return rows
}

/** `[B, T]`: 1 for each real token. */
export function validOf(written: readonly Written[], tokens: number): Float32Array {
  const valid = new Float32Array(written.length * tokens)
  written.forEach(({ length }, i) => valid.fill(1, i * tokens, i * tokens + length))
  return valid
}
