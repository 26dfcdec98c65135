import {
  abs,
  add,
  cast,
  clipByValue,
  div,
  equal,
  mean,
  minimum,
  mul,
  reshape,
  square,
  sub,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'

export function smoothL1(prediction: Tensor, target: Tensor, beta: Scalar): Tensor {
  const error = sub(prediction, target)
  const isZero = cast(equal(beta, 0), 'float32')
  const safe = add(beta, isZero)
  return differentiable(
    [error],
    (e) => {
      const magnitude = abs(e)
      const quadratic = minimum(magnitude, beta)
      const huber = add(div(mul(square(quadratic), 0.5), safe), sub(magnitude, quadratic))
      return { value: add(mul(isZero, square(e)), mul(sub(1, isZero), huber)), saved: [e, isZero, safe] }
    },
    (dy, e, isZero, safe) => [
      mul(dy, add(mul(isZero, mul(2, e)), mul(sub(1, isZero), clipByValue(div(e, safe), -1, 1)))),
    ],
  )
}

export function tokenSmoothL1(prediction: Tensor, target: Tensor, beta: Scalar, factor: number): Tensor {
  return mul(mean(smoothL1(prediction, target, beta), -1), factor)
}

export function maskedSmoothL1(
  prediction: Tensor,
  target: Tensor,
  mask: Tensor,
  beta: Scalar,
  factor: number,
): Scalar {
  const losses = reshape(tokenSmoothL1(prediction, target, beta, factor), mask.shape)
  return div(sum(mul(losses, mask)), sum(mask))
}
