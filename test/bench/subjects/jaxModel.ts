import { nn, numpy as np } from '@jax-js/jax'
import type { Config } from '../../../src/config/schema.ts'
import { sinCosPositions } from '../../../src/data2vec/positions.ts'
import { TARGET_EPSILON } from '../../../src/data2vec/targets.ts'
import type { Problem } from '../problem.ts'

/**
 * The network in jax-js, whose functions take over the arrays that they are given: `x.ref` keeps x for another use.
 * These take over tokens, and leave the weights to their caller.
 */
export type Arrays = Record<string, np.Array>

/** What the network is written for. */
const WRITTEN: Partial<Config> = {
  method: '1',
  normPlacement: 'pre',
  targetSource: 'block',
  targetNorm: 'instance',
  positions: 'sincos',
  head: 'linear',
  layerScale: 0,
  clsToken: true,
}

/** Whether there is a form for all of a problem's configuration. */
export function isWritten({ config, weights }: Pick<Problem, 'config' | 'weights'>): boolean {
  const names = Object.keys(WRITTEN) as (keyof Config)[]
  const isImage = weights.some(({ name }) => name === 'patch_embed.weight')
  return isImage && names.every((name) => config[name] === WRITTEN[name])
}

/** `[B, T, D]` → the outputs of all blocks, `[B, T + 1, D]` each. */
export function encode(tokens: np.Array, weights: Arrays, grid: readonly [number, number], config: Config) {
  const states: np.Array[] = []
  let state = place(tokens, weights, grid, config)
  for (let i = 0; i < config.depth; i++) {
    state = block(state, named(weights, `blocks.${i}`), config)
    states.push(state.ref)
  }
  state.dispose()
  return states
}

/** `[B, T, C·p·p]` → `[B, T, D]` */
export function embed(patches: np.Array, weights: Arrays): np.Array {
  return linear(patches, named(weights, 'patch_embed'))
}

/** `[B, T, 1]` is 1 where the mask token stands. */
export function maskTokens(tokens: np.Array, mask: np.Array, maskToken: np.Array): np.Array {
  return tokens.mul(np.subtract(1, mask.ref)).add(mask.mul(maskToken.ref))
}

/** The last block's output → predictions `[B, T, D]` */
export function predict(state: np.Array, weights: Arrays, config: Config): np.Array {
  const normed = layerNorm(state, named(weights, 'norm'), config.normEpsilon)
  return linear(withoutCls(normed), named(weights, 'head'))
}

/** The mean of the last blocks' outputs, each channel of each sample normalised over its tokens: `[B, T, D]`. */
export function averageTargets(states: np.Array[], { targetLayers, targetFinalNorm }: Config): np.Array {
  const used = states.splice(-targetLayers)
  for (const state of states) state.dispose()
  const mean = used
    .map((state) => nn.standardize(withoutCls(state), 1, { epsilon: TARGET_EPSILON }))
    .reduce((sum, state) => sum.add(state))
    .div(targetLayers)
  return targetFinalNorm === 'layer' ? nn.standardize(mean, -1, { epsilon: TARGET_EPSILON }) : mean
}

/** Smooth L1, the mean over channels and masked tokens times `factor`. β is 0 or positive for good: it is compiled in. */
export function maskedLoss(
  prediction: np.Array,
  target: np.Array,
  mask: np.Array,
  { beta, lossScale, width }: Config,
): np.Array {
  const factor = { mean: 1, rsqrt: Math.sqrt(width), sum: width }[lossScale]
  const error = smoothL1(prediction.sub(target), beta).mean(-1, { keepdims: true })
  const count = mask.ref.sum()
  return error.mul(mask).sum().mul(factor).div(count)
}

function smoothL1(error: np.Array, beta: number): np.Array {
  if (beta === 0) return np.square(error)
  const magnitude = np.absolute(error)
  const near = np.square(magnitude.ref).mul(0.5 / beta)
  const far = magnitude.ref.sub(0.5 * beta)
  return np.where(magnitude.less(beta), near, far)
}

/** The weights whose names begin with a prefix, by the rest of their names. */
function named(weights: Arrays, prefix: string): (name: string) => np.Array {
  return (name) => weights[`${prefix}.${name}`].ref
}

type Named = ReturnType<typeof named>

function linear(input: np.Array, weight: Named): np.Array {
  return np.matmul(input, weight('weight').transpose()).add(weight('bias'))
}

function layerNorm(input: np.Array, weight: Named, epsilon: number): np.Array {
  return nn.standardize(input, -1, { epsilon }).mul(weight('weight')).add(weight('bias'))
}

function place(tokens: np.Array, weights: Arrays, grid: readonly [number, number], config: Config): np.Array {
  const [batch, count, width] = tokens.shape
  const table = sinCosPositions(grid, width).map((value) => value * config.positionScale)
  const positions = np.array(table, { shape: [count, width] })
  const cls = np.broadcastTo(weights.cls_token.ref.reshape([1, 1, width]), [batch, 1, width])
  return np.concatenate([cls, tokens.add(positions)], 1)
}

function withoutCls(state: np.Array): np.Array {
  return state.slice([], [1], [])
}

function block(input: np.Array, weight: Named, config: Config): np.Array {
  const part =
    (name: string): Named =>
    (rest) =>
      weight(`${name}.${rest}`)
  const attended = input.ref.add(
    attend(layerNorm(input, part('norm1'), config.normEpsilon), part('attention'), config),
  )
  const normed = layerNorm(attended.ref, part('norm2'), config.normEpsilon)
  const hidden = nn.gelu(linear(normed, part('ffn.fc1')), { approximate: false })
  return attended.add(linear(hidden, part('ffn.fc2')))
}

/** By products of matrices: `nn.dotProductAttention` needs a newer Node than the rest of the house. */
function attend(input: np.Array, weight: Named, { heads }: Config): np.Array {
  const [batch, tokens, width] = input.shape
  const bias = np.concatenate([weight('query.bias'), np.zeros([width]), weight('value.bias')])
  const together = np.matmul(input, weight('qkv.weight').transpose()).add(bias)
  const [query, key, value] = np
    .split(together, 3, -1)
    .map((part) => part.reshape([batch, tokens, heads, width / heads]).transpose([0, 2, 1, 3]))
  const logits = np.matmul(query, key.transpose([0, 1, 3, 2])).mul(Math.sqrt(heads / width))
  const mixed = np.matmul(nn.softmax(logits), value)
  return linear(mixed.transpose([0, 2, 1, 3]).reshape([batch, tokens, width]), (name) =>
    weight(`output.${name}`),
  )
}
