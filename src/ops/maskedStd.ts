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

export function maskedStd(values: Tensor, mask: Tensor): Scalar {
  const weights = reshape(mask, [...mask.shape, 1])
  const count = sum(mask)
  const centre = div(sum(mul(values, weights), [0, 1], true), count)
  const variance = div(sum(mul(square(sub(values, centre)), weights), [0, 1]), sub(count, 1))
  return mean(sqrt(add(variance, 1e-6)))
}
