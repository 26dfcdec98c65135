import { expandDims, mean, mul, ones, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { maskedSmoothL1, tokenSmoothL1 } from '../ops/smoothL1.ts'

type LossConfig = Pick<Config, 'lossScale' | 'width'>

/** Smooth L1 of each token (paper §3.4, spec §6): `[B, T, D]` twice → `[B, T]`. */
export function tokenLoss(prediction: Tensor, target: Tensor, beta: Scalar, config: LossConfig): Tensor {
  return tokenSmoothL1(prediction, target, beta, factorOf(config))
}

/** The mean of the token losses over the masked tokens: what the student minimises. `mask` `[B, T]`, 1 = masked. */
export function studentLoss(
  prediction: Tensor,
  target: Tensor,
  mask: Tensor,
  beta: Scalar,
  config: LossConfig,
): Scalar {
  return maskedSmoothL1(prediction, target, mask, beta, factorOf(config))
}

/**
 * How far the CLS token of each view is from the mean of its sample's targets, over all views together, as the
 * reference weighs it: it counts the more, the more views there are (spec §7).
 * @param cls `[V, D]`
 * @param targets `[V, T, D]`
 */
export function clsLoss(cls: Tensor, targets: Tensor, beta: Scalar, config: LossConfig): Scalar {
  const [views] = cls.shape
  const apart = maskedSmoothL1(
    expandDims(cls, 1),
    mean(targets, 1, true),
    ones([views, 1]),
    beta,
    factorOf(config),
  )
  return mul(apart, views)
}

/** What makes the mean over channels the sum, or the sum over √D. */
function factorOf({ lossScale, width }: LossConfig): number {
  return { mean: 1, rsqrt: Math.sqrt(width), sum: width }[lossScale]
}
