import { add, customGrad, erf, exp, mul, square, type Tensor } from '@tensorflow/tfjs-core'
import { hasKernel, runKernel } from './kernels.ts'

/** GELU in its exact form x·Φ(x), never the tanh approximation (spec, conventions). Any shape. */
export function gelu(input: Tensor): Tensor {
  return differentiableGelu(input)
}

const differentiableGelu = customGrad((input, save) => {
  const x = input as Tensor
  ;(save as (tensors: Tensor[]) => void)([x])
  return {
    value: hasKernel('ExactGelu') ? runKernel('ExactGelu', { x }) : mul(x, normalDistribution(x)),
    gradFunc: (dy, saved) => gradient(dy, (saved as [Tensor])[0]),
  }
})

function gradient(dy: Tensor, x: Tensor): Tensor {
  if (hasKernel('ExactGeluGrad')) return runKernel('ExactGeluGrad', { dy, x })
  return mul(dy, add(normalDistribution(x), mul(x, normalDensity(x))))
}

/** Φ, the cumulative distribution of the standard normal. */
function normalDistribution(x: Tensor): Tensor {
  return mul(0.5, add(1, erf(mul(x, Math.SQRT1_2))))
}

/** φ, its density. */
function normalDensity(x: Tensor): Tensor {
  return mul(1 / Math.sqrt(2 * Math.PI), exp(mul(-0.5, square(x))))
}
