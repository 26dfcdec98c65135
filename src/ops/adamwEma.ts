import {
  add,
  div,
  mul,
  sqrt,
  square,
  sub,
  tensor1d,
  tidy,
  type Scalar,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core'
import { hasKernel, runKernel } from './kernels.ts'

/** One parameter with everything that an update changes; all tensors have its shape. */
export interface TrainedWeight {
  readonly student: Variable
  /** Adam's running means of the gradient and of its square. */
  readonly mean: Variable
  readonly variance: Variable
  /** The teacher's copy; undefined where the teacher shares the student's. */
  readonly teacher: Variable | undefined
  readonly decayed: boolean
}

export interface UpdateSettings {
  readonly lr: number
  readonly weightDecay: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** Number of this update, from 1. */
  readonly update: number
  /** EMA decay. */
  readonly tau: number
}

/**
 * One AdamW update of every weight (Loshchilov & Hutter 2019, in the form of torch.optim.AdamW; spec §8), then the
 * teacher's step towards the new student: t ← τ·t + (1 − τ)·s (paper §3.2).
 * @param clip scalar that the gradients are multiplied by first
 */
export function adamwEma(
  weights: readonly TrainedWeight[],
  gradients: readonly Tensor[],
  clip: Scalar,
  settings: UpdateSettings,
): void {
  const update = hasKernel('AdamWEma') ? updateFused : updatePlain
  tidy(() => update(weights, gradients, clip, settings))
}

const updatePlain: typeof adamwEma = (weights, gradients, clip, settings) => {
  weights.forEach((weight, i) => {
    adamw(weight, mul(gradients[i], clip), settings)
    ema(weight, settings.tau)
  })
}

/** One kernel for each weight, in place. */
const updateFused: typeof adamwEma = (weights, gradients, clip, settings) => {
  const decayed = packSettings(settings, settings.weightDecay)
  const undecayed = packSettings(settings, 0)
  weights.forEach((weight, i) => {
    const { student, mean, variance, teacher } = weight
    runKernel('AdamWEma', {
      student,
      mean,
      variance,
      ...(teacher && { teacher }),
      gradient: gradients[i],
      clip,
      settings: weight.decayed ? decayed : undecayed,
    })
  })
}

/** In the order in which the kernel reads them. */
function packSettings(settings: UpdateSettings, weightDecay: number): Tensor {
  const { lr, beta1, beta2, epsilon, update, tau } = settings
  const stepSize = lr / (1 - beta1 ** update)
  const varianceScale = 1 / (1 - beta2 ** update)
  // Complements are taken here, in double precision: 1 − τ of a τ near 1 has few digits in a float32.
  const averages = [beta1, 1 - beta1, beta2, 1 - beta2, tau, 1 - tau]
  return tensor1d([stepSize, 1 - lr * weightDecay, varianceScale, epsilon, ...averages])
}

function adamw(
  { student, mean, variance, decayed }: TrainedWeight,
  gradient: Tensor,
  settings: UpdateSettings,
): void {
  const { lr, beta1, beta2, epsilon, update } = settings
  mean.assign(add(mul(mean, beta1), mul(gradient, 1 - beta1)))
  variance.assign(add(mul(variance, beta2), mul(square(gradient), 1 - beta2)))
  const unbiasedMean = div(mean, 1 - beta1 ** update)
  const unbiasedVariance = div(variance, 1 - beta2 ** update)
  const kept = mul(student, 1 - (decayed ? lr * settings.weightDecay : 0))
  student.assign(sub(kept, div(mul(unbiasedMean, lr), add(sqrt(unbiasedVariance), epsilon))))
}

function ema({ student, teacher }: TrainedWeight, tau: number): void {
  teacher?.assign(add(mul(teacher, tau), mul(student, 1 - tau)))
}
