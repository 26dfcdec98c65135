import type { Tensor } from '@tensorflow/tfjs-core'
import { convLayersOf, type ConvLayer } from '../../config/audio.ts'
import type { Config } from '../../config/schema.ts'
import { conv1d } from '../../ops/conv1d.ts'
import { gelu } from '../../ops/gelu.ts'
import { linear } from '../../ops/linear.ts'
import { layerNorm } from '../../ops/norm.ts'
import {
  kaimingNormal,
  linearParameters,
  normParameters,
  pytorchDefault,
  type ParameterSpec,
  type Weights,
} from '../../ops/parameters.ts'

/** All that the feature encoder of the waveform leaves behind. */
export interface Features {
  /** `[B, N', C]` for each convolution layer: what leaves it. */
  readonly layers: readonly Tensor[]
  /** `[B, T, C]`: the last of them, normalised. */
  readonly normed: Tensor
  /** `[B, T, D]` */
  readonly projected: Tensor
}

export function parameters(config: Config): ParameterSpec[] {
  return config.frontEnd === 'waveform'
    ? waveformParameters(convLayersOf(config), config)
    : spectrumParameters(config)
}

/** Spectra `[B, T, frames · bands]` or the waveform `[B, N, 1]` → `[B, T, D]` */
export function embed(weights: Weights, input: Tensor, config: Config): Tensor {
  return config.frontEnd === 'waveform'
    ? encodeWaveform(convLayersOf(config), weights, input, config).projected
    : project(weights, input)
}

/** One linear layer on the spectra of a token. */
function spectrumParameters({ tokenFrames, melBands, width, initStd }: Config): ParameterSpec[] {
  return linearParameters(PROJECTION, tokenFrames * melBands, width, { kind: 'normal', std: initStd })
}

/** The convolutional feature encoder and its projection (paper §4.2; spec §3.1), started as the reference does. */
export function waveformParameters(
  layers: readonly ConvLayer[],
  { convChannels, width }: Config,
): ParameterSpec[] {
  const convolutions = layers.flatMap(({ kernel }, i): ParameterSpec[] => {
    const inputs = i === 0 ? 1 : convChannels
    const init = kaimingNormal(inputs * kernel)
    return [
      { name: `feature_encoder.${i}.conv.weight`, shape: [convChannels, inputs, kernel], init },
      ...normParameters(`feature_encoder.${i}.norm`, convChannels),
    ]
  })
  const init = pytorchDefault(convChannels)
  return [
    ...convolutions,
    ...normParameters('feature_norm', convChannels),
    ...linearParameters(PROJECTION, convChannels, width, init, init),
  ]
}

/** `waveform` `[B, N, 1]`. No layer has a bias or padding: each makes ⌊(n − k) / s⌋ + 1 frames of n. */
export function encodeWaveform(
  layers: readonly ConvLayer[],
  weights: Weights,
  waveform: Tensor,
  config: Config,
): Features {
  const norm = (x: Tensor, name: string) =>
    layerNorm(x, config.normEpsilon, weights[`${name}.weight`], weights[`${name}.bias`])
  const outputs: Tensor[] = []
  let state = waveform
  layers.forEach(({ stride }, i) => {
    const convolved = conv1d(state, weights[`feature_encoder.${i}.conv.weight`], { stride })
    state = gelu(norm(convolved, `feature_encoder.${i}.norm`))
    outputs.push(state)
  })
  const normed = norm(state, 'feature_norm')
  return { layers: outputs, normed, projected: project(weights, normed) }
}

const PROJECTION = 'feature_projection'

function project(weights: Weights, features: Tensor): Tensor {
  return linear(features, weights[`${PROJECTION}.weight`], weights[`${PROJECTION}.bias`])
}
