import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
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

/** What makes the mean over channels the sum, or the sum over √D. */
function factorOf({ lossScale, width }: LossConfig): number {
  return { mean: 1, rsqrt: Math.sqrt(width), sum: width }[lossScale]
}
