import type { Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { gelu } from './gelu.ts'
import { hasKernel, runKernel, runKernels } from './kernels.ts'
import { layerGradients, linear, present, runLayer, type LayerOptions } from './linear.ts'

interface Layer {
  /** `[out, in]` */
  readonly weight: Tensor
  /** `[out]` */
  readonly bias: Tensor
}

/** The two layers of a feed-forward network: in → hidden → out. */
export interface FeedForwardWeights {
  readonly fc1: Layer
  readonly fc2: Layer
}

/** A Transformer's feed-forward network, `[…, in]` → `[…, out]`: residual + scale · fc2(gelu(fc1(input))). */
export function feedForward(input: Tensor, weights: FeedForwardWeights, options: LayerOptions = {}): Tensor {
  if (hasKernel('Linear')) return feedForwardFused(input, weights, options)
  const { fc1, fc2 } = weights
  return linear(gelu(linear(input, fc1.weight, fc1.bias)), fc2.weight, fc2.bias, options)
}

/** Two kernels; and four for the gradients, since GELU and its slope are applied where a product is stored. */
function feedForwardFused(input: Tensor, { fc1, fc2 }: FeedForwardWeights, options: LayerOptions): Tensor {
  return differentiable(
    present(input, fc1.weight, fc1.bias, fc2.weight, fc2.bias, options.residual, options.scale),
    (input, weight1, bias1, weight2, bias2) => {
      const layer1 = { input, weight: weight1, bias: bias1 }
      const [hidden, before] = runKernels('Linear', layer1, { activation: 'gelu' })
      const { value, saved } = runLayer({ input: hidden, weight: weight2, bias: bias2 }, options)
      return { value, saved: [input, weight1, before, hidden, weight2, ...saved] }
    },
    (dy, input, weight1, before, hidden, weight2, ...saved) => {
      const { dproduct, rest } = layerGradients(dy, saved, options)
      const dbefore = runKernel('LinearGradInput', { dy: dproduct, weight: weight2, before })
      return [
        runKernel('LinearGradInput', { dy: dbefore, weight: weight1 }),
        ...runKernels('LinearGradWeight', { dy: dbefore, input }, { biases: 'whole' }),
        ...runKernels('LinearGradWeight', { dy: dproduct, input: hidden }, { biases: 'whole' }),
        ...rest,
      ]
    },
  )
}
