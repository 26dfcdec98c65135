import { add, reshape, type Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { conv1d, samePadding } from '../ops/conv1d.ts'
import { conv2d } from '../ops/conv2d.ts'
import { gelu } from '../ops/gelu.ts'
import { layerNorm } from '../ops/norm.ts'
import { pytorchDefault, type ParameterSpec, type Weights } from '../ops/parameters.ts'
import { applyHead, headParameters } from './head.ts'

/** Rows and columns in which the tokens lie. */
type Grid = readonly [rows: number, columns: number]

/** ε of the norms inside the decoder, whatever the network's own. */
const EPSILON = 1e-5

const HEAD = 'decoder.head'

/** data2vec 2.0's decoder (spec §7): convolutions along the tokens, or over their grid, and a linear projection. */
export function decoderParameters(config: Config, grid: Grid): ParameterSpec[] {
  const { width, decoderLayers, decoderKernel, decoderWidth, decoderGroups } = config
  const taps = isRow(grid) ? [decoderKernel] : [decoderKernel, decoderKernel]
  const layers = Array.from({ length: decoderLayers }, (_, i): ParameterSpec[] => {
    const channels = (i === 0 ? width : decoderWidth) / decoderGroups
    const init = pytorchDefault(channels * taps.reduce((product, k) => product * k))
    return [
      { name: `decoder.${i}.weight`, shape: [decoderWidth, channels, ...taps], init },
      { name: `decoder.${i}.bias`, shape: [decoderWidth], init },
    ]
  })
  const head = { name: HEAD, inputs: decoderWidth, outputs: width }
  const start = (inputs: number) => ({ weight: pytorchDefault(inputs), bias: pytorchDefault(inputs) })
  return [...layers.flat(), ...headParameters(head, config, start)]
}

/** The prediction at every token, `[V, T, D]`, of `[V, T, D]` with noise at the hidden ones. */
export function decode(tokens: Tensor, weights: Weights, grid: Grid, config: Config): Tensor {
  const last = decoderStates(tokens, weights, grid, config).at(-1) ?? tokens
  return applyHead(last, weights, HEAD, config)
}

/** What each layer of the decoder leaves: `[V, T, D]` → `[V, T, decoder width]` each. */
export function decoderStates(tokens: Tensor, weights: Weights, grid: Grid, config: Config): Tensor[] {
  const { decoderLayers, decoderResidual } = config
  const states: Tensor[] = []
  let state = tokens
  for (let i = 0; i < decoderLayers; i++) {
    const convolved = convolve(
      state,
      weights[`decoder.${i}.weight`],
      weights[`decoder.${i}.bias`],
      grid,
      config,
    )
    const found = gelu(layerNorm(convolved, EPSILON))
    const isAsWide = found.shape[2] === state.shape[2]
    state = decoderResidual && isAsWide ? add(found, state) : found
    states.push(state)
  }
  return states
}

/** `[B, T, C]` → `[B, T, O]` */
function convolve(tokens: Tensor, weight: Tensor, bias: Tensor, grid: Grid, config: Config): Tensor {
  const { decoderGroups: groups, decoderKernel } = config
  if (isRow(grid)) return conv1d(tokens, weight, { bias, groups, padding: samePadding(decoderKernel) })
  const [batch, count, channels = 1] = tokens.shape
  const output = conv2d(reshape(tokens, [batch, ...grid, channels]), weight, { bias, groups })
  return reshape(output, [batch, count, -1])
}

function isRow([rows]: Grid): boolean {
  return rows === 1
}
