import {
  add,
  addN,
  div,
  minimum,
  scalar,
  sqrt,
  square,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core'

/** √Σ|g|² over all gradients together. */
export function globalNorm(gradients: readonly Tensor[]): Scalar {
  return sqrt(addN(gradients.map((gradient) => sum(square(gradient)))))
}

/** What gradients are multiplied by so that their global norm is at most `limit`; 0 lets any through (spec §1). */
export function clipFactor(norm: Scalar, limit: number): Scalar {
  return limit === 0 ? scalar(1) : minimum(1, div(limit, add(norm, 1e-6)))
}
