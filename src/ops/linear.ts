import { add, matMul, reshape, type Tensor } from '@tensorflow/tfjs-core'

/** Linear layer on the last axis: `[…, in]` → `[…, out]`. `weight` is `[out, in]`, as in the reference; `bias` `[out]`. */
export function linear(input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const [outputs, inputs] = weight.shape
  const rows = reshape(input, [-1, inputs])
  const product = matMul(rows, weight, false, true)
  const output = bias === undefined ? product : add(product, bias)
  return reshape(output, [...input.shape.slice(0, -1), outputs])
}
