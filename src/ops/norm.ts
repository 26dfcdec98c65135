import { add, customGrad, mean, mul, rsqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core'

/**
 * LayerNorm over the last axis with biased variance (spec, conventions).
 * @param gain,bias `[D]`; left out, the norm has no affine part.
 */
export function layerNorm(input: Tensor, epsilon: number, gain?: Tensor, bias?: Tensor): Tensor {
  const normed = standardise(input, input.rank - 1, epsilon)
  if (gain === undefined || bias === undefined) return normed
  return add(mul(normed, gain), bias)
}

/** Instance norm: each channel of each sample of `[B, T, D]` to mean 0, variance 1 over its tokens; no affine part. */
export function instanceNorm(input: Tensor, epsilon: number): Tensor {
  return standardise(input, 1, epsilon)
}

/** (x − mean) / √(variance + ε) along one axis, with the gradient in its short form. */
function standardise(input: Tensor, axis: number, epsilon: number): Tensor {
  const average = (x: Tensor) => mean(x, axis, true)
  return customGrad((x, save) => {
    const centred = sub(x as Tensor, average(x as Tensor))
    const scale = rsqrt(add(average(square(centred)), epsilon))
    const value = mul(centred, scale)
    ;(save as (tensors: Tensor[]) => void)([value, scale])
    return {
      value,
      gradFunc: (dy, saved) => {
        const [y, scale] = saved
        const tangent = sub(sub(dy, average(dy)), mul(y, average(mul(dy, y))))
        return mul(tangent, scale)
      },
    }
  })(input)
}
