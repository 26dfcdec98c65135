import { reshape, sum, type Tensor } from '@tensorflow/tfjs-core'
import { hasKernel, runKernel } from './kernels.ts'

/** `[…, D]` → `[D]`: the sum over all axes but the last. Not differentiable: gradients are made of it. */
export function sumRows(x: Tensor): Tensor {
  if (hasKernel('SumRows')) return runKernel('SumRows', { x })
  return sum(reshape(x, [-1, x.shape[x.rank - 1]]), 0)
}
