import { add, erf, exp, mul, square, type Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernel } from './kernels.ts'

/** GELU in its exact form x·Φ(x), never the tanh approximation (spec, conventions). Any shape. */
export function gelu(input: Tensor): Tensor {
  return differentiable(
    [input],
    (x) => ({ value: forward(x), saved: [x] }),
    (dy, x) => [backward(dy, x)],
  )
}

function forward(x: Tensor): Tensor {
  return hasKernel('ExactGelu') ? runKernel('ExactGelu', { x }) : mul(x, normalDistribution(x))
}

function backward(dy: Tensor, x: Tensor): Tensor {
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
