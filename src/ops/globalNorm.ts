import {
  add,
  cast,
  div,
  equal,
  minimum,
  sqrt,
  square,
  stack,
  sub,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core'
import type { Bank, Gradients } from './bank.ts'
import { hasKernel, runKernel } from './kernels.ts'

/** √Σ|g|² over all gradients together. */
export function globalNorm({ flat }: Bank, gradients: Gradients): Scalar {
  if (flat && gradients.flat && hasKernel('GlobalNorm'))
    return runKernel('GlobalNorm', { values: gradients.flat, kinds: flat.kinds }) as Scalar
  return sqrt(sumSquares(gradients.each))
}

/** ‖teacher − student‖ / ‖student‖ over the weights that the teacher averages. */
export function relativeDistance({ weights, flat }: Bank): Scalar {
  if (flat && hasKernel('RelativeDistance')) {
    const { student, teacher, kinds } = flat
    return runKernel('RelativeDistance', { student, teacher, kinds }) as Scalar
  }
  const pairs = weights.flatMap(({ student, teacher }) =>
    teacher === undefined ? [] : [{ student, teacher }],
  )
  const apart = sumSquares(pairs.map(({ student, teacher }) => sub(teacher, student)))
  return sqrt(div(apart, sumSquares(pairs.map(({ student }) => student))))
}

/** Σ|x|² over all tensors together. Stacked, since addN of this many tensors exceeds the buffers of a WebGPU stage. */
function sumSquares(tensors: readonly Tensor[]): Scalar {
  return sum(stack(tensors.map((x) => sum(square(x)))))
}

/** What gradients are multiplied by so that their global norm is at most `limit`; 0 lets any through (spec §1). */
export function clipFactor(norm: Scalar, limit: Tensor): Tensor {
  const unlimited = cast(equal(limit, 0), 'float32')
  return minimum(1, add(div(limit, add(norm, 1e-6)), unlimited))
}
