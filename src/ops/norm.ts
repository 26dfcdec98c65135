import { add, customGrad, mean, mul, rsqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core'
import { hasKernel, runKernel, runKernels } from './kernels.ts'
import { sumRows } from './sumRows.ts'

/**
 * LayerNorm over the last axis with biased variance (spec, conventions).
 * @param gain,bias `[D]`; left out, the norm has no affine part.
 */
export function layerNorm(input: Tensor, epsilon: number, gain?: Tensor, bias?: Tensor): Tensor {
  const normed = standardise(input, input.rank - 1, epsilon)
  if (gain === undefined || bias === undefined) return normed
  return affine(normed, gain, bias)
}

/** x · gain + bias, on the last axis. */
function affine(x: Tensor, gain: Tensor, bias: Tensor): Tensor {
  return customGrad((...args) => {
    const save = args.pop() as unknown as (tensors: Tensor[]) => void
    const [x, gain, bias] = args as Tensor[]
    save([x, gain])
    return {
      value: add(mul(x, gain), bias),
      gradFunc: (dy, saved) => {
        const [x, gain] = saved
        return [mul(dy, gain), sumRows(mul(dy, x)), sumRows(dy)]
      },
    }
  })(x, gain, bias)
}

/** Instance norm: each channel of each sample of `[B, T, D]` to mean 0, variance 1 over its tokens; no affine part. */
export function instanceNorm(input: Tensor, epsilon: number): Tensor {
  return standardise(input, 1, epsilon)
}

/** (x − mean) / √(variance + ε) along one axis. */
function standardise(input: Tensor, axis: number, epsilon: number): Tensor {
  return customGrad((x, save) => {
    const [y, scale] = forward(x as Tensor, axis, epsilon)
    ;(save as (tensors: Tensor[]) => void)([y, scale])
    return {
      value: y,
      gradFunc: (dy, saved) => {
        const [y, scale] = saved
        return backward(dy, y, scale, axis)
      },
    }
  })(input)
}

/** The standardised values, and 1/√(variance + ε) of each row. */
function forward(x: Tensor, axis: number, epsilon: number): Tensor[] {
  if (hasKernel('Standardise')) return runKernels('Standardise', { x }, { axis, epsilon })
  const centred = sub(x, mean(x, axis, true))
  const scale = rsqrt(add(mean(square(centred), axis, true), epsilon))
  return [mul(centred, scale), scale]
}

function backward(dy: Tensor, y: Tensor, scale: Tensor, axis: number): Tensor {
  if (hasKernel('StandardiseGrad')) return runKernel('StandardiseGrad', { dy, y, scale }, { axis })
  const tangent = sub(sub(dy, mean(dy, axis, true)), mul(y, mean(mul(dy, y), axis, true)))
  return mul(tangent, scale)
}
