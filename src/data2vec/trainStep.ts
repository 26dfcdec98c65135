import { stack, tidy, variableGrads, type Scalar, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core'
import { adamwEma } from '../ops/adamwEma.ts'
import { clipFactor, globalNorm } from '../ops/globalNorm.ts'
import type { Batch } from './batch.ts'
import { maskedStd, teacherStudentDistance } from './diagnostics.ts'
import type { Learner } from './learner.ts'
import { maskedMean, tokenLoss } from './loss.ts'
import type { StepSettings } from './schedule.ts'
import { encodeMasked, predict } from './student.ts'
import { averageTargets } from './targets.ts'
import { encodeWhole } from './teacher.ts'

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
  settings: StepSettings,
  diagnose: boolean,
): Tensor1D {
  return tidy(() => {
    const targets = averageTargets(encodeWhole(learner, batch), settings.targetLayers, learner.config)
    const { loss, gradients } = differentiate(learner, batch, targets, settings)
    const norm = globalNorm(gradients)
    const health = diagnose ? measureHealth(learner, batch, targets) : []
    learner.updates += 1
    adamwEma(learner.trained, gradients, clipFactor(norm, settings.clipNorm), {
      ...settings,
      epsilon: settings.adamEpsilon,
      update: learner.updates,
    })
    return stack([loss, norm, ...health]) as Tensor1D
  })
}

/** The student's loss against fixed targets, and its gradient in every trained weight. */
export function differentiate(
  learner: Learner,
  batch: Batch,
  targets: Tensor,
  settings: Pick<StepSettings, 'beta'>,
): { loss: Scalar; gradients: Tensor[] } {
  const variables = learner.trained.map(({ student }) => student)
  const { value, grads } = variableGrads(() => {
    const predictions = predict(learner, encodeMasked(learner, batch))
    return maskedMean(tokenLoss(predictions, targets, settings.beta, learner.config.lossScale), batch.mask)
  }, variables)
  return { loss: value, gradients: variables.map(({ name }) => grads[name]) }
}

/** The predictions are computed once more: those of the differentiation do not outlive it. */
function measureHealth(learner: Learner, batch: Batch, targets: Tensor): Scalar[] {
  const predictions = predict(learner, encodeMasked(learner, batch))
  return [maskedStd(targets, batch.mask), maskedStd(predictions, batch.mask), teacherStudentDistance(learner)]
}
