import * as tf from '@tensorflow/tfjs-core'
import { batchTensors, type Batch } from '../data2vec/batch.ts'
import { viewOrder } from '../data2vec/viewOrder.ts'
import type { Views } from '../data2vec/views.ts'
import type { Layout, ViewLayout, Written } from '../modalities/modality.ts'

/** Samples with their masks on the CPU, of a fixed shape: B samples after one another. */
export interface HostBatch {
  /** Which samples they are, and what was written of each. */
  readonly samples: Uint32Array
  readonly written: Written[]
  /** `[B, …Layout.input]` */
  readonly input: Float32Array<ArrayBuffer>
  /** The same as the student gets it, if it differs. */
  seen: Float32Array | undefined
  /** `[B, T]`, 1 is masked; with several views of a sample `[V, T]`. */
  readonly mask: Float32Array<ArrayBuffer>
  /** `[V·(T − K), D]`: what the decoder gets in the place of hidden tokens; empty where there are no views. */
  readonly noise: Float32Array
}

export function emptyBatch(layout: Layout, size: number): HostBatch {
  const { tokens, views } = layout
  const [rows, columns] = layout.input
  const count = size * (views?.perSample ?? 1)
  return {
    samples: new Uint32Array(size),
    written: Array.from({ length: size }, () => ({ length: tokens, start: 0 })),
    input: new Float32Array(size * rows * columns),
    seen: undefined,
    mask: new Float32Array(count * tokens),
    noise: new Float32Array(views ? count * (tokens - views.visible) * views.width : 0),
  }
}

/** The layout of samples that are looked at one view at a time. */
export function withOneView(layout: Layout): Layout {
  return layout.views ? { ...layout, views: { ...layout.views, perSample: 1 } } : layout
}

/** The layout of samples that are looked at whole. */
export function withoutViews(layout: Layout): Layout {
  return { ...layout, views: undefined }
}

/** The batch as tensors, for which the caller is responsible: `disposeBatch`. */
export function toTensors(host: HostBatch, layout: Layout): Batch {
  const { samples, written, input, seen, mask } = host
  const { tokens, padded, views } = layout
  const shape: [number, number, number] = [samples.length, ...layout.input]
  return {
    input: tf.tensor3d(input, shape),
    ...(seen && { seen: tf.tensor3d(seen, shape) }),
    ...(padded && { valid: tf.tensor2d(validOf(written, tokens), [samples.length, tokens]) }),
    mask: tf.tensor2d(mask, [mask.length / tokens, tokens]),
    ...(views && { views: viewTensors(host, tokens, views) }),
  }
}

function viewTensors(
  { mask, noise }: HostBatch,
  tokens: number,
  { perSample, visible, width }: ViewLayout,
): Views {
  const { seen, rank, places } = viewOrder(mask, tokens)
  return {
    perSample,
    seen: tf.tensor1d(seen),
    rank: tf.tensor1d(rank),
    places: tf.tensor2d(places, [mask.length / tokens, visible]),
    noise: tf.tensor2d(noise, [noise.length / width, width]),
  }
}

export function disposeBatch(batch: Batch): void {
  tf.dispose(batchTensors(batch))
}

/** `[B, T]`: 1 for each real token. */
export function validOf(written: readonly Written[], tokens: number): Float32Array {
  const valid = new Float32Array(written.length * tokens)
  written.forEach(({ length }, i) => valid.fill(1, i * tokens, i * tokens + length))
  return valid
}
