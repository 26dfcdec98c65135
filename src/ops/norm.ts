import { add, mean, mul, rsqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernel, runKernels } from './kernels.ts'
import { sumRows } from './sumRows.ts'

/**
 * LayerNorm over the last axis with biased variance (spec, conventions).
 * @param gain,bias `[D]`; left out, the norm has no affine part.
 */
export function layerNorm(input: Tensor, epsilon: number, gain?: Tensor, bias?: Tensor): Tensor {
  if (gain === undefined || bias === undefined) return standardise(input, input.rank - 1, epsilon)
  return hasKernel('LayerNorm')
    ? layerNormFused(input, epsilon, gain, bias)
    : layerNormPlain(input, epsilon, gain, bias)
}

/** Instance norm: each channel of each sample of `[B, T, D]` to mean 0, variance 1 over its tokens; no affine part. */
export function instanceNorm(input: Tensor, epsilon: number): Tensor {
  return standardise(input, 1, epsilon)
}

/** Norm and affine part in one kernel; of the norm only each row's mean and scale are kept. */
function layerNormFused(input: Tensor, epsilon: number, gain: Tensor, bias: Tensor): Tensor {
  return differentiable(
    [input, gain, bias],
    (x, gain, bias) => {
      const [y, moments] = runKernels('LayerNorm', { x, gain, bias }, { epsilon })
      return { value: y, saved: [x, gain, moments] }
    },
    (dy, x, gain, moments) => [
      runKernel('LayerNormGradInput', { dy, x, gain, moments }),
      ...runKernels('LayerNormGradAffine', { dy, x, moments }),
    ],
  )
}

function layerNormPlain(input: Tensor, epsilon: number, gain: Tensor, bias: Tensor): Tensor {
  return differentiable(
    [standardise(input, input.rank - 1, epsilon), gain, bias],
    (x, gain, bias) => ({ value: add(mul(x, gain), bias), saved: [x, gain] }),
    (dy, x, gain) => [mul(dy, gain), sumRows(mul(dy, x)), sumRows(dy)],
  )
}

/** (x − mean) / √(variance + ε) along one axis. */
function standardise(input: Tensor, axis: number, epsilon: number): Tensor {
  return differentiable(
    [input],
    (x) => {
      const [y, scale] = forward(x, axis, epsilon)
      return { value: y, saved: [y, scale] }
    },
    (dy, y, scale) => [backward(dy, y, scale, axis)],
  )
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
