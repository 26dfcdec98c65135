import { add, concat, ones, reshape, slice, type Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { attention, type AttentionOptions } from '../ops/attention.ts'
import { feedForward } from '../ops/feedForward.ts'
import { linear } from '../ops/linear.ts'
import { layerNorm } from '../ops/norm.ts'
import type { Weights } from '../ops/parameters.ts'
import { queryKeyValue } from '../ops/queryKeyValue.ts'
import { placeTokens, zeroPadding } from '../ops/tokens.ts'
import { addConvPositions, distanceBias, positionTable, type PositionConstants } from './place.ts'

/** All that a forward pass leaves behind. T counts the CLS token, if there is one. */
export interface Encoded {
  /** `[B, T, D]`: what enters the first block. */
  readonly input: Tensor
  /** `[B, T, D]` for each block: its output. */
  readonly blocks: readonly Tensor[]
  /** `[B, T, D]` for each block: what its feed-forward network adds. Empty unless targets are taken there. */
  readonly ffns: readonly Tensor[]
  /** `[B, T, D]`: the last block's output, normalised unless each block has done so. */
  readonly output: Tensor
}

/** Removes the CLS token from `[B, T, D]`, if the network has one. */
export function dropCls(tokens: Tensor, config: Config): Tensor {
  return config.clsToken ? slice(tokens, [0, 1, 0]) : tokens
}

/** `[B, D]`: what the network makes of its CLS token, if it has one. */
export function clsOf({ output }: Encoded, { clsToken }: Config): Tensor | undefined {
  const [batch, , width = 1] = output.shape
  return clsToken ? reshape(slice(output, [0, 0, 0], [batch, 1, width]), [batch, width]) : undefined
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
  const look = lookAt(valid, weights, positions, config)
  const placed = placeTokens(locate(tokens, valid, weights, config), {
    positions: positionTable(weights, positions, config),
    cls: clsParameter(weights, config),
  })
  return transform(clearPadding('embedded', placed, look.valid, config), look, weights, config)
}

/** The same of some tokens of each sample, which know their places already (data2vec 2.0, spec §7). */
export function encodeSome(
  tokens: Tensor,
  look: AttentionOptions,
  weights: Weights,
  config: Config,
): Encoded {
  const placed = placeTokens(tokens, { cls: clsParameter(weights, config) })
  return transform(placed, look, weights, config)
}

/**
 * What each block's attention has to know of tokens, the CLS token included.
 * @param valid `[B, T]`, without it
 * @param places `[B, T]`: of the tokens, where they are not all there in their order
 */
export function lookAt(
  valid: Tensor | undefined,
  weights: Weights,
  positions: PositionConstants,
  config: Config,
  places?: Tensor,
): AttentionOptions {
  return { bias: distanceBias(weights, positions, config, places), valid: withCls(valid, config) }
}

/** Tokens with what convolutions make of their neighbourhood, if that tells them where they are. */
export function locate(tokens: Tensor, valid: Tensor | undefined, weights: Weights, config: Config): Tensor {
  const clear = clearPadding('raw', tokens, valid, config)
  return config.positions === 'conv' ? addConvPositions(clear, weights, config) : clear
}

/** How far tokens are on their way into the network. */
type Stage = 'raw' | 'embedded' | 'normed'

/**
 * Makes padding zero, at one stage: before convolutions, which would carry it into its neighbours, and then what they
 * make of it stays (spec §3.1); else where the reference does, in data2vec after the norm (§3.2), in data2vec 2.0 before.
 */
export function clearPadding(
  stage: Stage,
  tokens: Tensor,
  valid: Tensor | undefined,
  { positions, method }: Config,
): Tensor {
  const late = method === '1' ? 'normed' : 'embedded'
  return stage === (positions === 'conv' ? 'raw' : late) ? zeroPadding(tokens, valid) : tokens
}

function clsParameter(weights: Weights, { clsToken }: Config): Tensor | undefined {
  return clsToken ? weights.cls_token : undefined
}

/** From what enters the network, with its CLS token. */
function transform(tokens: Tensor, look: AttentionOptions, weights: Weights, config: Config): Encoded {
  const input = clearPadding('normed', normEmbedded(tokens, weights, config), look.valid, config)
  const blocks: Tensor[] = []
  const ffns: Tensor[] = []
  let state = input
  for (let i = 0; i < config.depth; i++) {
    const { output, ffn } = block(state, blockWeights(weights, i), look, config)
    blocks.push(output)
    if (ffn) ffns.push(ffn)
    state = output
  }
  const output = config.normPlacement === 'post' ? state : namedNorm('norm', state, weights, config)
  return { input, blocks, ffns, output }
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

export function blockWeights(weights: Weights, index: number): BlockWeights {
  return (name) => weights[`blocks.${index}.${name}`]
}

/** A block's output, and what its feed-forward network adds where targets are taken there. */
interface BlockOutput {
  readonly output: Tensor
  readonly ffn?: Tensor
}

function block(input: Tensor, weight: BlockWeights, look: AttentionOptions, config: Config): BlockOutput {
  const attended = addAttention(input, weight, look, config)
  if (config.normPlacement !== 'post')
    return addFeedForward(attended, blockNorm('norm2', attended, weight, config), weight, config)
  const normed = blockNorm('norm1', attended, weight, config)
  const { output, ...rest } = addFeedForward(normed, normed, weight, config)
  return { output: blockNorm('norm2', output, weight, config), ...rest }
}

function blockNorm(name: string, input: Tensor, weight: BlockWeights, { normEpsilon }: Config): Tensor {
  return layerNorm(input, normEpsilon, weight(`${name}.weight`), weight(`${name}.bias`))
}

/** Layer scale (spec §3.3), if the network has it. */
function scaleOf(weight: BlockWeights, name: string, { layerScale }: Config): Tensor | undefined {
  return layerScale > 0 ? weight(name) : undefined
}

/** Queries, keys and values of a block, `[B, T, 3·D]`, from what enters it, `[B, T, D]`. */
export function blockQueries(input: Tensor, weight: BlockWeights, config: Config): Tensor {
  return queryKeyValue(
    config.normPlacement === 'post' ? input : blockNorm('norm1', input, weight, config),
    weight('attention.qkv.weight'),
    weight('attention.query.bias'),
    weight('attention.value.bias'),
  )
}

/** input + scale · its self-attention */
function addAttention(input: Tensor, weight: BlockWeights, look: AttentionOptions, config: Config): Tensor {
  const mixed = attention(blockQueries(input, weight, config), config.heads, look)
  const scale = scaleOf(weight, 'scale1', config)
  return linear(mixed, weight('attention.output.weight'), weight('attention.output.bias'), {
    residual: input,
    scale,
  })
}

/** residual + scale · feed-forward network of `input` */
function addFeedForward(residual: Tensor, input: Tensor, weight: BlockWeights, config: Config): BlockOutput {
  const fc = (name: string) => ({ weight: weight(`ffn.${name}.weight`), bias: weight(`ffn.${name}.bias`) })
  const weights = { fc1: fc('fc1'), fc2: fc('fc2') }
  const scale = scaleOf(weight, 'scale2', config)
  if (config.targetSource === 'block') return { output: feedForward(input, weights, { residual, scale }) }
  const ffn = feedForward(input, weights, { scale })
  return { output: add(residual, ffn), ffn }
}
