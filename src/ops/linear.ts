import { add, matMul, mul, reshape, type Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernel, runKernels } from './kernels.ts'
import { sumRows } from './sumRows.ts'

/** Linear layer on the last axis: `[…, in]` → `[…, out]`. `weight` is `[out, in]`, as in the reference; `bias` `[out]`. */
export function linear(
  input: Tensor,
  weight: Tensor,
  bias?: Tensor,
  { residual, scale }: { residual?: Tensor | undefined; scale?: Tensor | undefined } = {},
): Tensor {
  const plain = product(input, weight, bias)
  const scaled = scale === undefined ? plain : mul(plain, scale)
  return residual === undefined ? scaled : add(residual, scaled)
}

function product(input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  return differentiable(
    bias === undefined ? [input, weight] : [input, weight, bias],
    (input, weight) => ({ value: forward(input, weight, bias), saved: [input, weight] }),
    (dy, input, weight) => [...backward(dy, input, weight), ...(bias === undefined ? [] : [sumRows(dy)])],
  )
}

function forward(input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  if (hasKernel('Linear')) return runKernel('Linear', { input, weight, ...(bias && { bias }) })
  const found = matMul(rowsOf(input), weight, false, true)
  const output = bias === undefined ? found : add(found, bias)
  return reshape(output, [...input.shape.slice(0, -1), weight.shape[0]])
}

/** The gradients in the input and in the weight. */
function backward(dy: Tensor, input: Tensor, weight: Tensor): Tensor[] {
  if (hasKernel('LinearGrad')) return runKernels('LinearGrad', { dy, input, weight })
  const dinput = matMul(rowsOf(dy), weight)
  return [reshape(dinput, input.shape), matMul(rowsOf(dy), rowsOf(input), true, false)]
}

/** `[…, D]` as a matrix with D columns. */
function rowsOf(x: Tensor): Tensor {
  return reshape(x, [-1, x.shape[x.rank - 1]])
}
