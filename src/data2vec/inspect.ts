import { tidy, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core'
import type { Batch } from './batch.ts'
import type { Learner } from './learner.ts'
import { tokenLoss } from './loss.ts'
import type { StepSettings } from './schedule.ts'
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

/** Looks without learning: nothing is updated. The tensors are the caller's. */
export function inspect(
  learner: Learner,
  batch: Batch,
  settings: Pick<StepSettings, 'targetLayers' | 'beta'>,
): Inspection & Record<string, Tensor2D | Tensor3D> {
  return tidy(() => {
    const targets = averageTargets(encodeWhole(learner, batch), settings.targetLayers, learner.config)
    const predictions = predict(learner, encodeMasked(learner, batch))
    const losses = tokenLoss(predictions, targets, settings.beta, learner.config.lossScale)
    return { targets, predictions, tokenLoss: losses } as Inspection & Record<string, Tensor2D | Tensor3D>
  })
}
