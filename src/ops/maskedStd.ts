import {
  add,
  div,
  mean,
  mul,
  reshape,
  sqrt,
  square,
  sub,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { hasKernel, runKernel } from './kernels.ts'

/**
 * How much `[B, T, D]` varies over the masked tokens: the mean over channels of √(unbiased variance + 1e-6). Near zero
 * means that every token says the same: collapse (spec §6, monitoring).
 * @param mask `[B, T]`, 1 = masked
 */
export function maskedStd(values: Tensor, mask: Tensor): Scalar {
  if (hasKernel('MaskedStd')) return runKernel('MaskedStd', { values, mask }) as Scalar
  const weights = reshape(mask, [...mask.shape, 1])
  const count = sum(mask)
  const centre = div(sum(mul(values, weights), [0, 1], true), count)
  const variance = div(sum(mul(square(sub(values, centre)), weights), [0, 1]), sub(count, 1))
  return mean(sqrt(add(variance, 1e-6)))
}
