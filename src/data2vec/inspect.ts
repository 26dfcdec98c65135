import { tidy, type Tensor, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core'
import type { Batch } from './batch.ts'
import type { Learner } from './learner.ts'
import { tokenLoss } from './loss.ts'
import type { StepConstants } from './stepConstants.ts'
import { encodeMasked, predict } from './student.ts'
import { averageTargets } from './targets.ts'
import { encodeWhole } from './teacher.ts'

/** What teacher and student say of a batch now. */
export interface Inspection {
  /** `[B, T, D]` */
  readonly targets: Tensor3D
  readonly predictions: Tensor3D
  /** `[B, T]`, at every token, masked or not. */
  readonly tokenLoss: Tensor2D
}

/** What the student should predict of whole samples, `[B, T, D]`, which is the caller's. */
export function targetsOf(
  learner: Learner,
  batch: Pick<Batch, 'input' | 'valid'>,
  { layerWeights }: Pick<StepConstants, 'layerWeights'>,
): Tensor {
  return tidy(() => averageTargets(encodeWhole(learner, batch), layerWeights, learner.config))
}

/** Looks without learning: nothing is updated. The tensors are the caller's. */
export function inspect(
  learner: Learner,
  batch: Batch,
  { layerWeights, beta }: Pick<StepConstants, 'layerWeights' | 'beta'>,
): Inspection & Record<string, Tensor2D | Tensor3D> {
  return tidy(() => {
    const targets = averageTargets(encodeWhole(learner, batch), layerWeights, learner.config)
    const predictions = predict(learner, encodeMasked(learner, batch))
    const losses = tokenLoss(predictions, targets, beta, learner.config)
    return { targets, predictions, tokenLoss: losses } as Inspection & Record<string, Tensor2D | Tensor3D>
  })
}
