import {
  abs,
  add,
  clipByValue,
  customGrad,
  div,
  minimum,
  mul,
  square,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core'

/**
 * Smooth L1 of each element (spec §6): e² for β = 0, else ½e²/β where |e| < β and |e| − ½β beyond.
 * Differentiable in `prediction` only: targets carry no gradient.
 */
export function smoothL1(prediction: Tensor, target: Tensor, beta: number): Tensor {
  const error = sub(prediction, target)
  return beta === 0 ? square(error) : huber(error, beta)
}

function huber(error: Tensor, beta: number): Tensor {
  return customGrad((e, save) => {
    const magnitude = abs(e as Tensor)
    // With q = min(|e|, β) both branches are q²/2β + (|e| − q), without a condition.
    const quadratic = minimum(magnitude, beta)
    const value = add(mul(square(quadratic), 0.5 / beta), sub(magnitude, quadratic))
    ;(save as (tensors: Tensor[]) => void)([e as Tensor])
    return {
      value,
      gradFunc: (dy, saved) => {
        const [e] = saved
        return mul(dy, div(clipByValue(e, -beta, beta), beta))
      },
    }
  })(error)
}
