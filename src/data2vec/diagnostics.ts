import {
  add,
  div,
  mean,
  mul,
  reshape,
  sqrt,
  square,
  sub,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { sumSquares } from '../ops/globalNorm.ts'
import type { Learner } from './learner.ts'

/**
 * How much `[B, T, D]` varies over the masked tokens: the mean over channels of √(unbiased variance + 1e-6). Near zero
 * means that every token says the same: collapse (spec §6, monitoring).
 */
export function maskedStd(values: Tensor, mask: Tensor): Scalar {
  const weights = reshape(mask, [...mask.shape, 1])
  const count = sum(mask)
  const centre = div(sum(mul(values, weights), [0, 1], true), count)
  const variance = div(sum(mul(square(sub(values, centre)), weights), [0, 1]), sub(count, 1))
  return mean(sqrt(add(variance, 1e-6)))
}

/** ‖teacher − student‖ / ‖student‖ over the weights that the teacher averages. */
export function teacherStudentDistance({ trained }: Learner): Scalar {
  const pairs = trained.flatMap(({ student, teacher }) =>
    teacher === undefined ? [] : [{ student, teacher }],
  )
  const apart = sumSquares(pairs.map(({ student, teacher }) => sub(teacher, student)))
  return sqrt(div(apart, sumSquares(pairs.map(({ student }) => student))))
}
