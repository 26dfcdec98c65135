import { add, matMul, mul, reshape, type Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernel, runKernels } from './kernels.ts'
import { sumRows } from './sumRows.ts'

/** What is done with a layer's output: residual + scale · output. */
export interface LayerOptions {
  /** `[…, out]`; left out, nothing is added. */
  readonly residual?: Tensor | undefined
  /** `[out]`, layer scale (spec §3.3); left out, 1. */
  readonly scale?: Tensor | undefined
}

/**
 * Linear layer on the last axis, `[…, in]` → `[…, out]`: residual + scale · (input · weightᵀ + bias).
 * @param weight `[out, in]`, as in the reference
 * @param bias `[out]`
 */
export function linear(input: Tensor, weight: Tensor, bias?: Tensor, options: LayerOptions = {}): Tensor {
  return hasKernel('Linear')
    ? linearFused(input, weight, bias, options)
    : linearPlain(input, weight, bias, options)
}

function linearPlain(
  input: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  { residual, scale }: LayerOptions,
): Tensor {
  const output = product(input, weight)
  const shifted = bias === undefined ? output : addBias(output, bias)
  const scaled = scale === undefined ? shifted : mul(shifted, scale)
  return residual === undefined ? scaled : add(residual, scaled)
}

/** input · weightᵀ. tfjs's own gradient would reshape and transpose. */
function product(input: Tensor, weight: Tensor): Tensor {
  return differentiable(
    [input, weight],
    (input, weight) => {
      const value = matMul(rowsOf(input), weight, false, true)
      return { value: reshape(value, [...input.shape.slice(0, -1), weight.shape[0]]), saved: [input, weight] }
    },
    (dy, input, weight) => [
      reshape(matMul(rowsOf(dy), weight), input.shape),
      matMul(rowsOf(dy), rowsOf(input), true, false),
    ],
  )
}

function addBias(x: Tensor, bias: Tensor): Tensor {
  return differentiable(
    [x, bias],
    (x, bias) => ({ value: add(x, bias), saved: [] }),
    (dy) => [dy, sumRows(dy)],
  )
}

/** `[…, D]` as a matrix with D columns. */
function rowsOf(x: Tensor): Tensor {
  return reshape(x, [-1, x.shape[x.rank - 1]])
}

/** One kernel; and one for the gradient in the input, and one for those in weight and bias. */
function linearFused(input: Tensor, weight: Tensor, bias: Tensor | undefined, options: LayerOptions): Tensor {
  return differentiable(
    present(input, weight, bias, options.residual, options.scale),
    (input, weight) => {
      const { value, saved } = runLayer({ input, weight, ...(bias && { bias }) }, options)
      return { value, saved: [input, weight, ...saved] }
    },
    (dy, input, weight, ...saved) => {
      const { dproduct, rest } = layerGradients(dy, saved, options)
      const biases = bias === undefined ? 'none' : 'whole'
      return [
        runKernel('LinearGradInput', { dy: dproduct, weight }),
        ...runKernels('LinearGradWeight', { dy: dproduct, input }, { biases }),
        ...rest,
      ]
    },
  )
}

/** A fused layer with what is scaled and added at its end, and what `layerGradients` needs of it. */
export function runLayer(
  layer: { input: Tensor; weight: Tensor; bias?: Tensor },
  { residual, scale }: LayerOptions,
): { value: Tensor; saved: Tensor[] } {
  const end = { ...(residual && { residual }), ...(scale && { scale }) }
  const [value, before] = runKernels('Linear', { ...layer, ...end })
  return { value, saved: scale === undefined ? [] : [scale, before] }
}

/** From the gradient in a fused layer's value: those in the product, and in `residual` and `scale` if they are there. */
export function layerGradients(
  dy: Tensor,
  [scale, before]: Tensor[],
  options: LayerOptions,
): { dproduct: Tensor; rest: Tensor[] } {
  const dresidual = options.residual === undefined ? [] : [dy]
  if (options.scale === undefined) return { dproduct: dy, rest: dresidual }
  return { dproduct: mul(dy, scale), rest: [...dresidual, runKernel('LayerScaleGrad', { dy, before })] }
}

/** Those of the tensors that are there. */
export function present(...tensors: (Tensor | undefined)[]): Tensor[] {
  return tensors.filter((tensor) => tensor !== undefined)
}
