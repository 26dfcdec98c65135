import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'

/** What one step looks at. */
export interface Batch {
  /** `[B, rows, columns]`: the raw input of each sample, whole. */
  readonly input: Tensor3D
  /** The same as the student gets it, if other tokens than the masked ones differ. */
  readonly seen?: Tensor3D
  /** `[B, T]`: 1 where there is a token, 0 for padding; left out if no sample is padded. */
  readonly valid?: Tensor2D
  /** `[B, T]`: 1 where the student does not see the token. */
  readonly mask: Tensor2D
}
