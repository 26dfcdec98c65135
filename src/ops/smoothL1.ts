import { abs, add, clipByValue, div, minimum, mul, square, sub, type Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'

/**
 * Smooth L1 of each element (spec §6): e² for β = 0, else ½e²/β where |e| < β and |e| − ½β beyond.
 * Differentiable in `prediction` only: targets carry no gradient.
 */
export function smoothL1(prediction: Tensor, target: Tensor, beta: number): Tensor {
  const error = sub(prediction, target)
  return beta === 0 ? square(error) : huber(error, beta)
}

function huber(error: Tensor, beta: number): Tensor {
  return differentiable(
    [error],
    (e) => {
      const magnitude = abs(e)
      // With q = min(|e|, β) both branches are q²/2β + (|e| − q), without a condition.
      const quadratic = minimum(magnitude, beta)
      return { value: add(mul(square(quadratic), 0.5 / beta), sub(magnitude, quadratic)), saved: [e] }
    },
    (dy, e) => [mul(dy, div(clipByValue(e, -beta, beta), beta))],
  )
}
