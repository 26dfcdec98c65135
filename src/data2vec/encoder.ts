import {
  add,
  concat,
  mul,
  reshape,
  slice,
  sub,
  tensor,
  tidy,
  transpose,
  zeros,
  type Tensor,
} from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { attention } from '../ops/attention.ts'
import { gelu } from '../ops/gelu.ts'
import { linear } from '../ops/linear.ts'
import { layerNorm } from '../ops/norm.ts'
import { selectRows, usersOf } from '../ops/selectRows.ts'
import type { Weights } from '../ops/parameters.ts'
import { usesRelativeBias, usesSinCos } from './parameters.ts'
import { relativeIndex, relativeTableSize, sinCosPositions } from './positions.ts'

/** What the network knows of positions before it learns anything. Owned by the learner. */
export interface PositionConstants {
  /** `[1, T, D]`, added to the tokens; zeros for the CLS token. */
  readonly sinCos?: Tensor
  /** Which row of the table of relative biases each pair of tokens uses, `[T²]`, and which pairs use each row. */
  readonly relative?: { readonly index: Tensor; readonly users: Tensor }
}

/** All that a forward pass leaves behind. T counts the CLS token, if there is one. */
export interface Encoded {
  /** `[B, T, D]`: what enters the first block. */
  readonly input: Tensor
  /** `[B, T, D]` for each block: its output, and what its feed-forward network adds. */
  readonly blocks: readonly Tensor[]
  readonly ffns: readonly Tensor[]
  /** `[B, T, D]`: the last block's output, normalised in a pre-LN network. */
  readonly output: Tensor
}

export function positionConstants(config: Config, grid: readonly [number, number]): PositionConstants {
  const tokens = grid[0] * grid[1]
  const { width, clsToken } = config
  const constants: { -readonly [Name in keyof PositionConstants]: PositionConstants[Name] } = {}
  if (usesSinCos(config)) {
    constants.sinCos = tidy(() => {
      const table = tensor(sinCosPositions(grid, width), [1, tokens, width])
      return clsToken ? concat([zeros([1, 1, width]), table], 1) : table
    })
  }
  if (usesRelativeBias(config)) {
    constants.relative = relativeSelection(grid, clsToken)
  }
  return constants
}

function relativeSelection(grid: readonly [number, number], cls: boolean) {
  const rows = relativeTableSize(grid)
  const index = relativeIndex(grid, cls)
  const { users, most } = usersOf(index, rows)
  return { index: tensor(index, [index.length], 'int32'), users: tensor(users, [rows, most], 'int32') }
}

/** Puts the mask token in the place of masked tokens. `tokens` `[B, T, D]`, `mask` `[B, T]`, 1 = masked. */
export function applyMask(tokens: Tensor, mask: Tensor, maskToken: Tensor): Tensor {
  const masked = reshape(mask, [...mask.shape, 1])
  return add(mul(tokens, sub(1, masked)), mul(masked, maskToken))
}

/** Prepends the CLS token to `[B, T, D]`, if the network has one. */
export function prependCls(tokens: Tensor, weights: Weights, config: Config): Tensor {
  if (!config.clsToken) return tokens
  // Repeated by adding: the gradient of tfjs's own repetition takes a slice for each sample.
  const cls = add(zeros([tokens.shape[0], 1, config.width]), weights.cls_token)
  return concat([cls, tokens], 1)
}

/** Removes the CLS token from `[B, T, D]`, if the network has one. */
export function dropCls(tokens: Tensor, config: Config): Tensor {
  return config.clsToken ? slice(tokens, [0, 1, 0]) : tokens
}

/** The Transformer (paper §3.1, spec §3). `tokens` `[B, T, D]`, CLS included. */
export function encode(
  tokens: Tensor,
  weights: Weights,
  positions: PositionConstants,
  config: Config,
): Encoded {
  const norm = (x: Tensor) => layerNorm(x, config.normEpsilon, weights['norm.weight'], weights['norm.bias'])
  const placed = positions.sinCos === undefined ? tokens : add(tokens, positions.sinCos)
  // A post-LN network normalises what enters it, a pre-LN one what leaves it.
  const input = config.normPlacement === 'post' ? norm(placed) : placed
  const bias = relativeBias(weights, positions, config)
  const blocks: Tensor[] = []
  const ffns: Tensor[] = []
  let state = input
  for (let i = 0; i < config.depth; i++) {
    const { output, ffn } = block(state, blockWeights(weights, i), bias, config)
    blocks.push(output)
    ffns.push(ffn)
    state = output
  }
  return { input, blocks, ffns, output: config.normPlacement === 'pre' ? norm(state) : state }
}

/** `[H, T, T]`, shared by all blocks; undefined where the network has no relative positions. */
export function relativeBias(
  weights: Weights,
  { relative }: PositionConstants,
  config: Config,
): Tensor | undefined {
  if (relative === undefined) return undefined
  const tokens = Math.sqrt(relative.index.size)
  const bias = selectRows(weights['relative_position.table'], relative.index, relative.users)
  return transpose(reshape(bias, [tokens, tokens, config.heads]), [2, 0, 1])
}

type BlockWeights = (name: string) => Tensor

function blockWeights(weights: Weights, index: number): BlockWeights {
  return (name) => weights[`blocks.${index}.${name}`]
}

function block(
  input: Tensor,
  weight: BlockWeights,
  bias: Tensor | undefined,
  config: Config,
): { output: Tensor; ffn: Tensor } {
  const norm = (x: Tensor, name: string) =>
    layerNorm(x, config.normEpsilon, weight(`${name}.weight`), weight(`${name}.bias`))
  const scale = (x: Tensor, name: string) => (config.layerScale > 0 ? mul(x, weight(name)) : x)
  if (config.normPlacement === 'pre') {
    const attended = add(input, scale(selfAttention(norm(input, 'norm1'), weight, bias, config), 'scale1'))
    const ffn = scale(feedForward(norm(attended, 'norm2'), weight), 'scale2')
    return { output: add(attended, ffn), ffn }
  }
  const attended = norm(add(input, scale(selfAttention(input, weight, bias, config), 'scale1')), 'norm1')
  const ffn = scale(feedForward(attended, weight), 'scale2')
  return { output: norm(add(attended, ffn), 'norm2'), ffn }
}

function selfAttention(
  input: Tensor,
  weight: BlockWeights,
  bias: Tensor | undefined,
  config: Config,
): Tensor {
  const qkvBias = concat([
    weight('attention.query.bias'),
    zeros([config.width]),
    weight('attention.value.bias'),
  ])
  const qkv = linear(input, weight('attention.qkv.weight'), qkvBias)
  const mixed = attention(qkv, config.heads, bias)
  return linear(mixed, weight('attention.output.weight'), weight('attention.output.bias'))
}

function feedForward(input: Tensor, weight: BlockWeights): Tensor {
  const hidden = gelu(linear(input, weight('ffn.fc1.weight'), weight('ffn.fc1.bias')))
  return linear(hidden, weight('ffn.fc2.weight'), weight('ffn.fc2.bias'))
}
