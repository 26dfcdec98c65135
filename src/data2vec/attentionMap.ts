import { slice, squeeze, type Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { attentionWeights, type AttentionOptions } from '../ops/attention.ts'
import type { Weights } from '../ops/parameters.ts'
import { blockQueries, blockWeights, type Encoded } from './encoder.ts'

/**
 * How much each token of the first sample attends to each in one block. Steps keep no attention weights, so they are
 * computed anew from what entered the block.
 * @param encoded what the network left behind of a batch
 * @param look what attention knew of that batch
 * @param block from 0
 * @returns `[H, T, T]`, query = row; T counts the CLS token, if there is one
 */
export function attentionMap(
  encoded: Encoded,
  { bias, valid }: AttentionOptions,
  block: number,
  weights: Weights,
  config: Config,
): Tensor {
  const entering = block === 0 ? encoded.input : encoded.blocks[block - 1]
  const qkv = blockQueries(first(entering), blockWeights(weights, block), config)
  const isShared = bias === undefined || bias.rank === 3
  const look = { bias: isShared ? bias : first(bias), valid: valid && first(valid) }
  return squeeze(attentionWeights(qkv, config.heads, look), [0])
}

/** The first of `[B, …]` as `[1, …]`. */
function first(batch: Tensor): Tensor {
  const start = batch.shape.map(() => 0)
  return slice(batch, start, [1, ...batch.shape.slice(1)])
}
