import { add, concat, mul, ones, reshape, slice, sub, zeros, type Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { attention, type AttentionOptions } from '../ops/attention.ts'
import { gelu } from '../ops/gelu.ts'
import { linear } from '../ops/linear.ts'
import { layerNorm } from '../ops/norm.ts'
import type { Weights } from '../ops/parameters.ts'
import { addPositions, relativeBias, type PositionConstants } from './place.ts'

/** All that a forward pass leaves behind. T counts the CLS token, if there is one. */
export interface Encoded {
  /** `[B, T, D]`: what enters the first block. */
  readonly input: Tensor
  /** `[B, T, D]` for each block: its output, and what its feed-forward network adds. */
  readonly blocks: readonly Tensor[]
  readonly ffns: readonly Tensor[]
  /** `[B, T, D]`: the last block's output, normalised unless each block has done so. */
  readonly output: Tensor
}

/** Puts the mask token in the place of masked tokens. `tokens` `[B, T, D]`, `mask` `[B, T]`, 1 = masked. */
export function applyMask(tokens: Tensor, mask: Tensor, maskToken: Tensor): Tensor {
  const masked = reshape(mask, [...mask.shape, 1])
  return add(mul(tokens, sub(1, masked)), mul(masked, maskToken))
}

/** Makes padding zero. `tokens` `[B, T, D]`, `valid` `[B, T]`, 0 = padding; without it there is none. */
export function zeroPadding(tokens: Tensor, valid: Tensor | undefined): Tensor {
  return valid === undefined ? tokens : mul(tokens, reshape(valid, [...valid.shape, 1]))
}

/** Removes the CLS token from `[B, T, D]`, if the network has one. */
export function dropCls(tokens: Tensor, config: Config): Tensor {
  return config.clsToken ? slice(tokens, [0, 1, 0]) : tokens
}

/**
 * The Transformer (paper §3.1, spec §3).
 * @param tokens `[B, T, D]` without the CLS token
 * @param valid `[B, T]`, 0 = padding, which no token attends to; left out if there is none
 */
export function encode(
  tokens: Tensor,
  valid: Tensor | undefined,
  weights: Weights,
  positions: PositionConstants,
  config: Config,
): Encoded {
  const input = embed(tokens, valid, weights, positions, config)
  const look = { bias: relativeBias(weights, positions, config), valid: withCls(valid, config) }
  const blocks: Tensor[] = []
  const ffns: Tensor[] = []
  let state = input
  for (let i = 0; i < config.depth; i++) {
    const { output, ffn } = block(state, blockWeights(weights, i), look, config)
    blocks.push(output)
    ffns.push(ffn)
    state = output
  }
  const output = config.normPlacement === 'post' ? state : namedNorm('norm', state, weights, config)
  return { input, blocks, ffns, output }
}

/** What enters the first block: tokens that know where they are, behind the CLS token, normalised. */
function embed(
  tokens: Tensor,
  valid: Tensor | undefined,
  weights: Weights,
  positions: PositionConstants,
  config: Config,
): Tensor {
  // Convolutions would carry padding into its neighbours; what they make of it afterwards stays (spec §3.1).
  const early = config.positions === 'conv'
  const placed = addPositions(early ? zeroPadding(tokens, valid) : tokens, weights, positions, config)
  const normed = normEmbedded(prependCls(placed, weights, config), weights, config)
  return early ? normed : zeroPadding(normed, withCls(valid, config))
}

function prependCls(tokens: Tensor, weights: Weights, config: Config): Tensor {
  if (!config.clsToken) return tokens
  // Repeated by adding: the gradient of tfjs's own repetition takes a slice for each sample.
  const cls = add(zeros([tokens.shape[0], 1, config.width]), weights.cls_token)
  return concat([cls, tokens], 1)
}

/** The CLS token is never padding. */
function withCls(valid: Tensor | undefined, config: Config): Tensor | undefined {
  return valid && config.clsToken ? concat([ones([valid.shape[0], 1]), valid], 1) : valid
}

function normEmbedded(tokens: Tensor, weights: Weights, config: Config): Tensor {
  switch (config.normPlacement) {
    case 'pre':
      return tokens
    case 'embedded':
      return namedNorm('embedding_norm', tokens, weights, config)
    case 'post':
      return namedNorm('norm', tokens, weights, config)
  }
}

function namedNorm(name: string, input: Tensor, weights: Weights, { normEpsilon }: Config): Tensor {
  return layerNorm(input, normEpsilon, weights[`${name}.weight`], weights[`${name}.bias`])
}

type BlockWeights = (name: string) => Tensor

function blockWeights(weights: Weights, index: number): BlockWeights {
  return (name) => weights[`blocks.${index}.${name}`]
}

function block(
  input: Tensor,
  weight: BlockWeights,
  look: AttentionOptions,
  config: Config,
): { output: Tensor; ffn: Tensor } {
  const norm = (x: Tensor, name: string) =>
    layerNorm(x, config.normEpsilon, weight(`${name}.weight`), weight(`${name}.bias`))
  const scale = (x: Tensor, name: string) => (config.layerScale > 0 ? mul(x, weight(name)) : x)
  if (config.normPlacement !== 'post') {
    const attended = add(input, scale(selfAttention(norm(input, 'norm1'), weight, look, config), 'scale1'))
    const ffn = scale(feedForward(norm(attended, 'norm2'), weight), 'scale2')
    return { output: add(attended, ffn), ffn }
  }
  const attended = norm(add(input, scale(selfAttention(input, weight, look, config), 'scale1')), 'norm1')
  const ffn = scale(feedForward(attended, weight), 'scale2')
  return { output: norm(add(attended, ffn), 'norm2'), ffn }
}

function selfAttention(input: Tensor, weight: BlockWeights, look: AttentionOptions, config: Config): Tensor {
  const qkvBias = concat([
    weight('attention.query.bias'),
    zeros([config.width]),
    weight('attention.value.bias'),
  ])
  const qkv = linear(input, weight('attention.qkv.weight'), qkvBias)
  const mixed = attention(qkv, config.heads, look)
  return linear(mixed, weight('attention.output.weight'), weight('attention.output.bias'))
}

function feedForward(input: Tensor, weight: BlockWeights): Tensor {
  const hidden = gelu(linear(input, weight('ffn.fc1.weight'), weight('ffn.fc1.bias')))
  return linear(hidden, weight('ffn.fc2.weight'), weight('ffn.fc2.bias'))
}
