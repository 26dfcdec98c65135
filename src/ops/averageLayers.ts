import { add, mul, slice, unstack, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core'
import { hasKernel, runKernel } from './kernels.ts'
import { instanceNorm, layerNorm } from './norm.ts'

export interface AverageOptions {
  /** How each layer is normalised first: over channels, over a sample's tokens, or not at all. */
  readonly norm: 'layer' | 'instance' | 'none'
  readonly epsilon: number
  /** Tokens at the beginning that do not count: 1 for a CLS token. */
  readonly skip: 0 | 1
}

/** Layers that one dispatch can read beside all else that it needs. */
const AT_ONCE = 5

/**
 * Σ weight · norm(layer) (paper §3.3, spec §5). Not differentiable: targets carry no gradient.
 * @param layers `[B, T', D]` each
 * @param weights `[L]`; a layer of weight 0 costs nothing
 * @returns `[B, T' − skip, D]`
 */
export function averageLayers(layers: readonly Tensor[], weights: Tensor1D, options: AverageOptions): Tensor {
  return hasKernel('AverageLayers') ? fused(layers, weights, options) : plain(layers, weights, options)
}

function plain(layers: readonly Tensor[], weights: Tensor1D, options: AverageOptions): Tensor {
  const each = unstack(weights)
  return layers
    .map((layer, i) => mul(normed(slice(layer, [0, options.skip, 0]), options), each[i]))
    .reduce((sum, layer) => add(sum, layer))
}

function normed(layer: Tensor, { norm, epsilon }: AverageOptions): Tensor {
  switch (norm) {
    case 'layer':
      return layerNorm(layer, epsilon)
    case 'instance':
      return instanceNorm(layer, epsilon)
    case 'none':
      return layer
  }
}

/** Some layers at a time, each time added to what is there. */
function fused(layers: readonly Tensor[], weights: Tensor1D, options: AverageOptions): Tensor {
  const rounds = Array.from({ length: Math.ceil(layers.length / AT_ONCE) }, (_, round) => round * AT_ONCE)
  const [first, ...others] = rounds
  const add = (from: number, before?: Tensor) => {
    const some = Object.fromEntries(
      layers.slice(from, from + AT_ONCE).map((layer, i) => [`layer${i}`, layer]),
    )
    return runKernel('AverageLayers', { weights, ...some, ...(before && { before }) }, { ...options, from })
  }
  return others.reduce((sum, from) => add(from, sum), add(first))
}
