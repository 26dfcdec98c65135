import type { Tensor } from '@tensorflow/tfjs-core'
import { gelu } from './gelu.ts'
import { linear } from './linear.ts'

interface Layer {
  readonly weight: Tensor
  readonly bias: Tensor
}

export function feedForward(
  input: Tensor,
  { fc1, fc2 }: { fc1: Layer; fc2: Layer },
  options: { residual?: Tensor | undefined; scale?: Tensor | undefined } = {},
): Tensor {
  return linear(gelu(linear(input, fc1.weight, fc1.bias)), fc2.weight, fc2.bias, options)
}
