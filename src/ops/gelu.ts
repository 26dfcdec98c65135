import { add, customGrad, erf, exp, mul, square, type Tensor } from '@tensorflow/tfjs-core'

/** GELU in its exact form x·Φ(x), never the tanh approximation (spec, conventions). Any shape. */
export function gelu(input: Tensor): Tensor {
  return differentiableGelu(input)
}

const differentiableGelu = customGrad((x, save) => {
  const input = x as Tensor
  ;(save as (tensors: Tensor[]) => void)([input])
  return {
    value: mul(input, normalDistribution(input)),
    gradFunc: (dy, saved) => {
      const [x] = saved
      return mul(dy, add(normalDistribution(x), mul(x, normalDensity(x))))
    },
  }
})

/** Φ, the cumulative distribution of the standard normal. */
function normalDistribution(x: Tensor): Tensor {
  return mul(0.5, add(1, erf(mul(x, Math.SQRT1_2))))
}

/** φ, its density. */
function normalDensity(x: Tensor): Tensor {
  return mul(1 / Math.sqrt(2 * Math.PI), exp(mul(-0.5, square(x))))
}
