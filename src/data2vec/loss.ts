import { div, mean, mul, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { smoothL1 } from '../ops/smoothL1.ts'

/** Smooth L1 of each token (paper §3.4, spec §6): `[B, T, D]` twice → `[B, T]`. */
export function tokenLoss(
  prediction: Tensor,
  target: Tensor,
  beta: number,
  scale: Config['lossScale'],
): Tensor {
  const width = target.shape[2] ?? 1
  // What makes the mean over channels the sum, or the sum over √D.
  const factor = { mean: 1, rsqrt: Math.sqrt(width), sum: width }[scale]
  return mul(mean(smoothL1(prediction, target, beta), -1), factor)
}

/** The mean of `[B, T]` over the masked tokens: what the student minimises. `mask` `[B, T]`, 1 = masked. */
export function maskedMean(losses: Tensor, mask: Tensor): Scalar {
  return div(sum(mul(losses, mask)), sum(mask))
}
