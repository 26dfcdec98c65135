import {
  add,
  keep,
  mul,
  stack,
  tidy,
  variableGrads,
  type Scalar,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core'
import { adamwEma } from '../ops/adamwEma.ts'
import { gatherGradients } from '../ops/bank.ts'
import { globalNorm, relativeDistance } from '../ops/globalNorm.ts'
import { maskedStd } from '../ops/maskedStd.ts'
import type { Batch } from './batch.ts'
import { clsOf } from './encoder.ts'
import type { Learner } from './learner.ts'
import { clsLoss, studentLoss } from './loss.ts'
import type { StepConstants } from './stepConstants.ts'
import { encodeMasked, predict } from './student.ts'
import { averageTargets } from './targets.ts'
import { encodeWhole } from './teacher.ts'
import { forViews } from './views.ts'

/**
 * One step of data2vec (Baevski et al. 2022, §3; spec §1). The teacher looks at the whole input, the student at the
 * masked one; the student learns to predict the teacher's representation of what it could not see; then the teacher
 * moves a little towards the student.
 * @param diagnose also measure what tells a healthy run from a collapsed one
 * @returns metrics, owned by the caller: `[loss, grad_norm]`, and with `diagnose` also
 *   `[…, target_std, pred_std, teacher_student_distance]`
 */
export function trainStep(
  learner: Learner,
  batch: Batch,
  constants: StepConstants,
  diagnose: boolean,
): Tensor1D {
  return tidy(() => {
    const { bank, config } = learner
    const whole = averageTargets(encodeWhole(learner, batch), constants.layerWeights, config)
    const targets = forViews(whole, batch)
    const { loss, predictions, gradients } = differentiate(learner, batch, targets, constants)
    const gathered = gatherGradients(bank, gradients)
    const norm = globalNorm(bank, gathered)
    const health = diagnose
      ? [maskedStd(targets, batch.mask), maskedStd(predictions, batch.mask), relativeDistance(bank)]
      : []
    adamwEma(bank, gathered, norm, constants.update)
    predictions.dispose()
    return stack([loss, norm, ...health]) as Tensor1D
  })
}

interface Differentiated {
  readonly loss: Scalar
  /** `[B, T, D]`, or `[V, T, D]` with several views; kept, so that whoever differentiates has to dispose of it. */
  readonly predictions: Tensor
  /** In every trained weight. */
  readonly gradients: readonly Tensor[]
}

/** The student's predictions, their loss against fixed targets of the same shape, and its gradient. */
export function differentiate(
  learner: Learner,
  batch: Batch,
  targets: Tensor,
  { beta }: Pick<StepConstants, 'beta'>,
): Differentiated {
  const variables = learner.bank.weights.map(({ student }) => student)
  const found: Tensor[] = []
  const { value, grads } = variableGrads(() => {
    const { predictions, loss } = guess(learner, batch, targets, beta)
    found.push(keep(predictions.clone()))
    return loss
  }, variables)
  return { loss: value, predictions: found[0], gradients: variables.map(({ name }) => grads[name]) }
}

/** The student's predictions, and how far they are from the targets: what it minimises. */
export function guess(
  learner: Learner,
  batch: Batch,
  targets: Tensor,
  beta: Scalar,
): { readonly predictions: Tensor; readonly loss: Scalar } {
  const { config } = learner
  const encoded = encodeMasked(learner, batch)
  const predictions = predict(learner, encoded, batch)
  const loss = studentLoss(predictions, targets, batch.mask, beta, config)
  const cls = batch.views && config.clsLoss > 0 ? clsOf(encoded, config) : undefined
  if (cls === undefined) return { predictions, loss }
  return { predictions, loss: add(loss, mul(config.clsLoss, clsLoss(cls, targets, beta, config))) }
}
