import type { Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../../config/schema.ts'
import { linear } from '../../ops/linear.ts'
import type { ParameterSpec, Weights } from '../../ops/parameters.ts'
import { pixelsOf } from './patches.ts'

/** The patch embedding: one linear layer on the pixels of a patch (paper §3.1; spec §3.3). */
export function parameters(config: Config): ParameterSpec[] {
  const init = { kind: 'normal', std: config.initStd } as const
  return [
    { name: 'patch_embed.weight', shape: [config.width, pixelsOf(config)], init },
    { name: 'patch_embed.bias', shape: [config.width], init: { kind: 'constant', value: 0 } },
  ]
}

/** `[B, T, C·p·p]` → `[B, T, D]` */
export function embed(weights: Weights, patches: Tensor): Tensor {
  return linear(patches, weights['patch_embed.weight'], weights['patch_embed.bias'])
}
