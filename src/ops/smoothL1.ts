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
import { hasKernel, runKernel, runKernels } from './kernels.ts'

/**
 * Smooth L1 of each token (spec §6), `factor` times the mean over its channels: e² for β = 0, else ½e²/β where |e| < β
 * and |e| − ½β beyond.
 * @param prediction,target `[B, T, D]`
 * @returns `[B, T]`
 */
export function tokenSmoothL1(prediction: Tensor, target: Tensor, beta: Scalar, factor: number): Tensor {
  if (hasKernel('TokenSmoothL1')) return runKernel('TokenSmoothL1', { prediction, target, beta }, { factor })
  return mul(mean(smoothL1(sub(prediction, target), beta), -1), factor)
}

/**
 * The mean of the above over the masked tokens. Differentiable in `prediction` only: targets carry no gradient.
 * @param mask `[B, T]`, 1 = masked
 */
export function maskedSmoothL1(
  prediction: Tensor,
  target: Tensor,
  mask: Tensor,
  beta: Scalar,
  factor: number,
): Scalar {
  const loss = differentiable(
    [prediction],
    (prediction) => {
      const [value, count] = maskedMean(tokenSmoothL1(prediction, target, beta, factor), mask)
      return { value, saved: [prediction, target, mask, beta, count] }
    },
    (dy, prediction, target, mask, beta, count) => [
      gradient({ dy, prediction, target, mask, beta, count }, factor),
    ],
  )
  return loss as Scalar
}

/** The mean of `[B, T]` over the masked tokens, and their number. */
function maskedMean(losses: Tensor, mask: Tensor): Tensor[] {
  if (hasKernel('MaskedMean')) return runKernels('MaskedMean', { losses, mask })
  const count = sum(mask)
  return [div(sum(mul(losses, mask)), count), count]
}

type GradientInputs = Record<'dy' | 'prediction' | 'target' | 'mask' | 'beta' | 'count', Tensor>

/** In the prediction. */
function gradient(inputs: GradientInputs, factor: number): Tensor {
  if (hasKernel('MaskedSmoothL1Grad')) return runKernel('MaskedSmoothL1Grad', inputs, { factor })
  const { dy, prediction, target, mask, beta, count } = inputs
  const share = mul(div(dy, count), factor / (prediction.shape[2] ?? 1))
  const weight = mul(share, reshape(mask, [...mask.shape, 1]))
  return mul(weight, smoothL1Slope(sub(prediction, target), beta))
}

/** Of each element of the error. β is a tensor: both branches are computed, and neither may be infinite. */
function smoothL1(error: Tensor, beta: Tensor): Tensor {
  const { isZero, safe } = splitBeta(beta)
  const magnitude = abs(error)
  // With q = min(|e|, β) both of β's branches are q²/2β + (|e| − q), without a condition.
  const quadratic = minimum(magnitude, beta)
  const huber = add(div(square(quadratic), mul(2, safe)), sub(magnitude, quadratic))
  return add(mul(isZero, square(error)), mul(sub(1, isZero), huber))
}

/** The derivative of the above. */
function smoothL1Slope(error: Tensor, beta: Tensor): Tensor {
  const { isZero, safe } = splitBeta(beta)
  return add(mul(isZero, mul(2, error)), mul(sub(1, isZero), clipByValue(div(error, safe), -1, 1)))
}

/** Whether β is 0, and β where something is divided by it. */
function splitBeta(beta: Tensor): { isZero: Tensor; safe: Tensor } {
  const isZero = cast(equal(beta, 0), 'float32')
  return { isZero, safe: add(beta, isZero) }
}
