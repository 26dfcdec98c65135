import {
  add,
  div,
  minimum,
  scalar,
  sqrt,
  square,
  stack,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { hasKernel, runKernel } from './kernels.ts'

/** √Σ|g|² over all gradients together. */
export function globalNorm(gradients: readonly Tensor[]): Scalar {
  if (!hasKernel('GlobalNorm')) return sqrt(sumSquares(gradients))
  return runKernel('GlobalNorm', Object.fromEntries(gradients.entries())) as Scalar
}

/** Σ|x|² over all tensors together. Stacked, since addN of this many tensors exceeds the buffers of a WebGPU stage. */
export function sumSquares(tensors: readonly Tensor[]): Scalar {
  return sum(stack(tensors.map((x) => sum(square(x)))))
}

/** What gradients are multiplied by so that their global norm is at most `limit`; 0 lets any through (spec §1). */
export function clipFactor(norm: Scalar, limit: number): Scalar {
  return limit === 0 ? scalar(1) : minimum(1, div(limit, add(norm, 1e-6)))
}
