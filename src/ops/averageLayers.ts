import { add, mul, slice, unstack, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core'
import { instanceNorm, layerNorm } from './norm.ts'

export function averageLayers(
  layers: readonly Tensor[],
  weights: Tensor1D,
  { norm, epsilon, skip }: { norm: 'layer' | 'instance' | 'none'; epsilon: number; skip: 0 | 1 },
): Tensor {
  const each = unstack(weights)
  return layers
    .map((x) => (skip ? slice(x, [0, 1, 0]) : x))
    .map((x) => (norm === 'none' ? x : norm === 'layer' ? layerNorm(x, epsilon) : instanceNorm(x, epsilon)))
    .map((x, i) => mul(x, each[i]))
    .reduce((sum, x) => add(sum, x))
}
