import type { Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../../config/schema.ts'
import { embedding } from '../../ops/embedding.ts'
import type { ParameterSpec, Weights } from '../../ops/parameters.ts'
import { eosOf } from './ids.ts'

/** The token embedding: one learned vector for each id (paper §3.1; spec §3.2). */
export function parameters(config: Config): ParameterSpec[] {
  const ids = eosOf(config) + 1
  const init = { kind: 'normal', std: config.initStd } as const
  return [{ name: 'token_embed.weight', shape: [ids, config.width], init }]
}

/** Ids `[B, T, 1]` → `[B, T, D]` */
export function embed(weights: Weights, ids: Tensor): Tensor {
  return embedding(ids, weights['token_embed.weight'])
}
