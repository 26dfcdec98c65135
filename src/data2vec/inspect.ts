import { tidy, type Tensor } from '@tensorflow/tfjs-core'
import { attentionMap } from './attentionMap.ts'
import type { Batch } from './batch.ts'
import { lookAt } from './encoder.ts'
import type { Learner } from './learner.ts'
import { tokenLoss } from './loss.ts'
import type { StepConstants } from './stepConstants.ts'
import { encodeMasked, predict, studentLook } from './student.ts'
import { averageTargets } from './targets.ts'
import { encodeWhole, teacherWeights } from './teacher.ts'
import { forViews } from './views.ts'

/** What teacher and student say of a batch now. */
export interface Inspection {
  /** `[B, T, D]`, or `[V, T, D]` with several views, and so are the others. */
  readonly targets: Tensor
  readonly predictions: Tensor
  /** `[B, T]`, at every token, masked or not. */
  readonly tokenLoss: Tensor
  /** Of the block that was asked for. */
  readonly attention?: AttentionMaps
}

/**
 * `[H, T, T]` of each network for the first sample, with the CLS token, if there is one; the student's of visible tokens
 * only where it gets no others.
 */
export interface AttentionMaps {
  readonly teacher: Tensor
  readonly student: Tensor
}

/** What the student should predict of whole samples, `[B, T, D]`, which is the caller's. */
export function targetsOf(
  learner: Learner,
  batch: Pick<Batch, 'input' | 'valid'>,
  { layerWeights }: Pick<StepConstants, 'layerWeights'>,
): Tensor {
  return tidy(() => averageTargets(encodeWhole(learner, batch), layerWeights, learner.config))
}

/**
 * Looks without learning: nothing is updated. The tensors are the caller's.
 * @param block from 0: the one of which the attention is wanted, too
 */
export function inspect(
  learner: Learner,
  batch: Batch,
  { layerWeights, beta }: Pick<StepConstants, 'layerWeights' | 'beta'>,
  block?: number,
): Inspection {
  const { config, positions, student } = learner
  return tidy(() => {
    const whole = encodeWhole(learner, batch)
    const masked = encodeMasked(learner, batch)
    const targets = forViews(averageTargets(whole, layerWeights, config), batch)
    const predictions = predict(learner, masked, batch)
    const said = { targets, predictions, tokenLoss: tokenLoss(predictions, targets, beta, config) }
    if (block === undefined) return said
    const teacher = teacherWeights(learner)
    const teacherLook = lookAt(batch.valid, teacher, positions, config)
    return {
      ...said,
      attention: {
        teacher: attentionMap(whole, teacherLook, block, teacher, config),
        student: attentionMap(masked, studentLook(learner, batch), block, student, config),
      },
    }
  })
}
