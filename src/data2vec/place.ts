import {
  abs,
  add,
  dispose,
  mul,
  neg,
  relu,
  reshape,
  squeeze,
  sub,
  tensor,
  tidy,
  transpose,
  type Tensor,
} from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { conv1d, samePadding } from '../ops/conv1d.ts'
import { gelu } from '../ops/gelu.ts'
import { layerNorm } from '../ops/norm.ts'
import type { Weights } from '../ops/parameters.ts'
import { selectRows, usersOf } from '../ops/selectRows.ts'
import { usesAlibi, usesRelativeBias, usesSinCos } from './parameters.ts'
import { alibiSlopes, relativeIndex, relativeTableSize, sinCosPositions } from './positions.ts'

/** What the network knows of positions before it learns anything. Owned by the learner. */
export interface PositionConstants {
  /** `[1, T, D]`, added to the tokens. */
  readonly sinCos?: Tensor
  /** Which row of the table of relative biases each pair of tokens uses, `[T²]`, and which pairs use each row. */
  readonly relative?: { readonly index: Tensor; readonly users: Tensor }
  /** `[1, H, 1, 1]`: how much each head takes from attention for each place of distance; and each token's place `[1, T]`. */
  readonly alibi?: { readonly slopes: Tensor; readonly places: Tensor }
}

export function positionConstants(config: Config, grid: readonly [number, number]): PositionConstants {
  const { width, positionScale, clsToken } = config
  return {
    ...(usesSinCos(config) && {
      sinCos: tidy(() =>
        mul(tensor(sinCosPositions(grid, width), [1, grid[0] * grid[1], width]), positionScale),
      ),
    }),
    ...(usesRelativeBias(config) && { relative: relativeSelection(grid, clsToken) }),
    ...(usesAlibi(config) && {
      alibi: {
        slopes: tensor(alibiSlopes(config.heads), [1, config.heads, 1, 1]),
        places: tensor(upTo(grid[0] * grid[1]), [1, grid[0] * grid[1]]),
      },
    }),
  }
}

export function positionTensors({ sinCos, relative, alibi }: PositionConstants): Tensor[] {
  const all = [sinCos, relative?.index, relative?.users, alibi?.slopes, alibi?.places]
  return all.filter((constant) => constant !== undefined)
}

export function disposePositions(constants: PositionConstants): void {
  dispose(positionTensors(constants))
}

function relativeSelection(grid: readonly [number, number], cls: boolean) {
  const rows = relativeTableSize(grid)
  const index = relativeIndex(grid, cls)
  const { users, most } = usersOf(index, rows)
  return { index: tensor(Float32Array.from(index), [index.length]), users: tensor(users, [rows, most]) }
}

/**
 * What is added to tokens to tell them where they are, `[T, D]` or `[1, T, D]`; undefined where the network tells them
 * otherwise. The CLS token has no place.
 */
export function positionTable(
  weights: Weights,
  { sinCos }: PositionConstants,
  { positions }: Pick<Config, 'positions'>,
): Tensor | undefined {
  return sinCos ?? (positions === 'learned' ? weights['positions.weight'] : undefined)
}

/** `[B, T, D]`, with what convolutions make of each token's neighbourhood added. */
export function addConvPositions(tokens: Tensor, weights: Weights, config: Config): Tensor {
  return add(tokens, convPositions(tokens, weights, config))
}

/** What convolutions make of each token's neighbourhood (paper §4.2; spec §3.1): `[B, T, D]` → `[B, T, D]`. */
export function convPositions(tokens: Tensor, weights: Weights, config: Config): Tensor {
  const { positionLayers, positionKernel: kernel, positionGroups: groups, normEpsilon } = config
  // The reference pads by ⌊k/2⌋ on both sides, and drops the last output of an even kernel.
  const padding = samePadding(kernel)
  let state = tokens
  for (let i = 0; i < positionLayers; i++) {
    const bias = weights[`position_conv.${i}.bias`]
    const found = conv1d(state, weights[`position_conv.${i}.weight`], { bias, groups, padding })
    state = gelu(layerNorm(found, normEpsilon))
  }
  return state
}

/** `[H, T, T]`, shared by all blocks; undefined where the network has no relative positions. T counts the CLS token. */
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

/**
 * What is added to the attention logits of all blocks for where tokens are to each other: a learned relative bias
 * `[H, T, T]`, or ALiBi's, `[B, H, T, T]` where places are given; undefined where the network has neither.
 * @param places `[B, T]`: of the tokens, where they are not all there in their order
 */
export function distanceBias(
  weights: Weights,
  positions: PositionConstants,
  config: Config,
  places?: Tensor,
): Tensor | undefined {
  const { alibi } = positions
  if (alibi === undefined) return relativeBias(weights, positions, config)
  const bias = alibiBias(weights['alibi.scale'], alibi.slopes, places ?? alibi.places)
  return places === undefined ? squeeze(bias, [0]) : bias // one for all samples
}

/** −slope · scale · distance of query and key, `[B, H, T, T]`; a scale below zero counts as zero (spec §7). */
function alibiBias(scale: Tensor, slopes: Tensor, places: Tensor): Tensor {
  const [batch, tokens = 1] = places.shape
  const distance = abs(sub(reshape(places, [batch, 1, tokens, 1]), reshape(places, [batch, 1, 1, tokens])))
  const strength = mul(slopes, reshape(relu(scale), slopes.shape))
  return neg(mul(distance, strength))
}

function upTo(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => i)
}
