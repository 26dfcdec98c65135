import type { Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../../config/schema.ts'
import { linear } from '../../ops/linear.ts'
import { xavier, type ParameterSpec, type Weights } from '../../ops/parameters.ts'
import { pixelsOf } from './patches.ts'

/**
 * The patch embedding: one linear layer on the pixels of a patch (paper §3.1; spec §3.3). It starts as small as the other
 * weights; that of data2vec 2.0 by Xavier (spec §7), which leaves more of a patch beside its position.
 */
export function parameters(config: Config): ParameterSpec[] {
  const [inputs, outputs] = [pixelsOf(config), config.width]
  const init =
    config.method === '2' ? xavier(inputs, outputs) : ({ kind: 'normal', std: config.initStd } as const)
  return [
    { name: 'patch_embed.weight', shape: [outputs, inputs], init },
    { name: 'patch_embed.bias', shape: [outputs], init: { kind: 'constant', value: 0 } },
  ]
}

/** `[B, T, C·p·p]` → `[B, T, D]` */
export function embed(weights: Weights, patches: Tensor): Tensor {
  return linear(patches, weights['patch_embed.weight'], weights['patch_embed.bias'])
}
