import { patchesPerSide } from '../../config/check.ts'
import type { Config } from '../../config/schema.ts'
import { linear } from '../../ops/linear.ts'
import type { Random } from '../../ops/random.ts'
import type { Modality, TokenLayout } from '../modality.ts'
import { drawBlockMask } from './mask.ts'

/** Images as patches: a linear patch embedding, masked in rectangular blocks (paper §3.1, §3.3; spec §3.3). */
export const imageModality: Modality = {
  layout,
  parameters: (config) => {
    const init = { kind: 'normal', std: config.initStd } as const
    return [
      { name: 'patch_embed.weight', shape: [config.width, layout(config).features], init },
      { name: 'patch_embed.bias', shape: [config.width], init: { kind: 'constant', value: 0 } },
    ]
  },
  embed: (weights, tokens) => linear(tokens, weights['patch_embed.weight'], weights['patch_embed.bias']),
  drawMask,
}

function layout(config: Config): TokenLayout {
  const side = patchesPerSide(config)
  return { tokens: side * side, features: channelsOf(config) * config.patchSize ** 2, grid: [side, side] }
}

export function channelsOf(config: Pick<Config, 'channels'>): 1 | 3 {
  return config.channels === 'grey' ? 1 : 3
}

/**
 * At least one patch is masked and one is not, so that there is always something to predict and something to see;
 * the reference's sampler alone may mask nothing on a grid this small.
 */
function drawMask(config: Config, random: Random): Uint8Array {
  const side = patchesPerSide(config)
  const tokens = side * side
  const count = Math.min(tokens - 1, Math.max(1, Math.round(config.maskRatio * tokens)))
  const { maskMinBlock: minBlock, maskMaxBlock: maxBlock } = config
  const { mask, blocks } = drawBlockMask({ rows: side, columns: side, count, minBlock, maxBlock }, random)
  if (blocks.length === 0) mask[random.integer(0, tokens - 1)] = 1
  return mask
}
