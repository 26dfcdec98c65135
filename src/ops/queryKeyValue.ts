import { concat, zeros, type Tensor } from '@tensorflow/tfjs-core'
import { linear } from './linear.ts'

export function queryKeyValue(input: Tensor, weight: Tensor, queryBias: Tensor, valueBias: Tensor): Tensor {
  return linear(input, weight, concat([queryBias, zeros(queryBias.shape), valueBias]))
}
