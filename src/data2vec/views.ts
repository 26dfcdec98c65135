import { reshape, tensor, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { selectRows } from '../ops/selectRows.ts'
import { putRows, takeRows } from '../ops/takeRows.ts'

/**
 * Several masked views of each sample (data2vec 2.0, spec §7), those of a sample after one another: V = B · M. The
 * tensors are those of `ViewOrder`.
 */
export interface Views {
  /** Views of a sample, M. */
  readonly perSample: number
  readonly seen: Tensor1D
  readonly rank: Tensor1D
  /** `[V, K]` */
  readonly places: Tensor2D
  /** `[V·(T − K), D]`: what the decoder gets in the place of hidden tokens. */
  readonly noise: Tensor2D
}

/** Targets `[B, T, D]` for each view of a sample, `[V, T, D]`; as they are where there are no views. */
export function forViews(targets: Tensor, { views }: { readonly views?: Views }): Tensor {
  return views === undefined ? targets : repeatForViews(targets, views)
}

/** `[B, …]` → `[B · M, …]`: each sample M times. */
export function repeatForViews(samples: Tensor, { perSample }: Pick<Views, 'perSample'>): Tensor {
  if (perSample === 1) return samples
  const [batch, ...shape] = samples.shape
  const count = batch * perSample
  const views = Float32Array.from({ length: count }, (_, view) => view)
  const sampleOf = tensor(views.map((view) => Math.floor(view / perSample)))
  const repeated = selectRows(reshape(samples, [batch, -1]), sampleOf, tensor(views, [batch, perSample]))
  return reshape(repeated, [count, ...shape])
}

/** The visible tokens of each view: `[V, T, D]` → `[V, K, D]`. */
export function takeVisible(tokens: Tensor, views: Views): Tensor {
  const [count, , width = 1] = tokens.shape
  const taken = takeRows(reshape(tokens, [-1, width]), views)
  return reshape(taken, [count, views.seen.size / count, width])
}

/** Puts visible tokens back to their places, and noise in the place of the hidden ones: `[V, K, D]` → `[V, T, D]`. */
export function putBack(visible: Tensor, views: Views): Tensor {
  const [count, , width = 1] = visible.shape
  const placed = putRows(reshape(visible, [-1, width]), views.noise, views)
  return reshape(placed, [count, views.rank.size / count, width])
}
