import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import type { Views } from './views.ts'

/** What one step looks at. */
export interface Batch {
  /** `[B, rows, columns]`: the raw input of each sample, whole. */
  readonly input: Tensor3D
  /** The same as the student gets it, if other tokens than the masked ones differ. */
  readonly seen?: Tensor3D
  /** `[B, T]`: 1 where there is a token, 0 for padding; left out if no sample is padded. */
  readonly valid?: Tensor2D
  /** `[B, T]`: 1 where the student does not see the token; with several views `[V, T]`. */
  readonly mask: Tensor2D
  /** Where the student sees several masked views of each sample, of each the visible tokens only. */
  readonly views?: Views
}

/** All tensors of a batch. */
export function batchTensors({ input, seen, valid, mask, views }: Batch): Tensor[] {
  const ofViews = views && [views.seen, views.rank, views.places, views.noise]
  return [input, seen, valid, mask, ...(ofViews ?? [])].filter((tensor) => tensor !== undefined)
}
