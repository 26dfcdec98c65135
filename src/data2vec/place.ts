import { add, dispose, mul, reshape, tensor, tidy, transpose, type Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { conv1d } from '../ops/conv1d.ts'
import { gelu } from '../ops/gelu.ts'
import { layerNorm } from '../ops/norm.ts'
import type { Weights } from '../ops/parameters.ts'
import { selectRows, usersOf } from '../ops/selectRows.ts'
import { usesRelativeBias, usesSinCos } from './parameters.ts'
import { relativeIndex, relativeTableSize, sinCosPositions } from './positions.ts'

/** What the network knows of positions before it learns anything. Owned by the learner. */
export interface PositionConstants {
  /** `[1, T, D]`, added to the tokens. */
  readonly sinCos?: Tensor
  /** Which row of the table of relative biases each pair of tokens uses, `[T²]`, and which pairs use each row. */
  readonly relative?: { readonly index: Tensor; readonly users: Tensor }
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
  }
}

export function positionTensors({ sinCos, relative }: PositionConstants): Tensor[] {
  return [sinCos, relative?.index, relative?.users].filter((constant) => constant !== undefined)
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
  const padding = [Math.floor(kernel / 2), Math.floor((kernel - 1) / 2)] as const
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
