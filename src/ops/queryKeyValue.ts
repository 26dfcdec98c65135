import { concat, zerosLike, type Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernel, runKernels } from './kernels.ts'
import { linear } from './linear.ts'

/**
 * Queries, keys and values of self-attention beside each other, `[…, D]` → `[…, 3D]`. Keys have no bias: softmax would
 * cancel it.
 * @param weight `[3D, D]`
 * @param queryBias,valueBias `[D]`
 */
export function queryKeyValue(input: Tensor, weight: Tensor, queryBias: Tensor, valueBias: Tensor): Tensor {
  if (hasKernel('Linear')) return queryKeyValueFused(input, weight, queryBias, valueBias)
  return linear(input, weight, concat([queryBias, zerosLike(queryBias), valueBias]))
}

function queryKeyValueFused(input: Tensor, weight: Tensor, queryBias: Tensor, valueBias: Tensor): Tensor {
  return differentiable(
    [input, weight, queryBias, valueBias],
    (input, weight, queryBias, valueBias) => {
      const [value] = runKernels('Linear', { input, weight, queryBias, valueBias })
      return { value, saved: [input, weight] }
    },
    (dy, input, weight) => [
      runKernel('LinearGradInput', { dy, weight }),
      ...runKernels('LinearGradWeight', { dy, input }, { biases: 'queryAndValue' }),
    ],
  )
}
