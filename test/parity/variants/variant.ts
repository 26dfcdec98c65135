import type { Tensor } from '@tensorflow/tfjs-core'
import type { ModalityName } from '../../../src/config/modalities.ts'
import type { Config } from '../../../src/config/schema.ts'
import type { Batch } from '../../../src/data2vec/batch.ts'
import type { Encoded } from '../../../src/data2vec/encoder.ts'
import type { FrontEnd, Learner } from '../../../src/data2vec/learner.ts'
import type { Golden } from '../golden.ts'
import type { ReferenceNames } from '../names.ts'

/** What is particular to a reference model: everything that the comparison itself does not know. */
export interface Variant {
  readonly modality: ModalityName
  readonly names: (golden: Golden) => ReferenceNames
  /** The model's settings; the optimiser's are the same for all. */
  readonly config: (golden: Golden) => Partial<Config>
  readonly frontEnd: (golden: Golden) => FrontEnd
  readonly batch: (golden: Golden, step: number) => Batch
  /** Blocks before those that the reference counts from 0; none, if left out. */
  readonly prenet?: (golden: Golden) => number
  /** Everything between input and prediction that the reference recorded at the first step. */
  readonly activations: (pass: Pass) => Activation[]
}

/** Both networks' forward pass. */
export interface Networks {
  readonly teacher: Encoded
  readonly student: Encoded
}

/** Both networks on the first batch. */
export interface Pass extends Networks {
  readonly golden: Golden
  readonly learner: Learner
  readonly batch: Batch
}

export interface Activation {
  readonly key: string
  readonly actual: Tensor
  /** The tokens at which the two are to agree, counted through the batch; all if left out. */
  readonly tokens?: readonly number[]
  /** Where the reference has them, if elsewhere. */
  readonly expectedTokens?: readonly number[]
}

/** Outputs and feed-forward outputs of every block; `block` is the reference's word for one. */
export function blockActivations(
  network: 'student' | 'teacher',
  block: string,
  encoded: Encoded,
): Activation[] {
  const key = (i: number) => `act/${network}/${block}${i}`
  return [
    ...encoded.blocks.map((actual, i) => ({ key: key(i), actual })),
    ...encoded.ffns.map((actual, i) => ({ key: `${key(i)}_ffn`, actual })),
  ]
}
