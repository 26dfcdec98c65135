import {
  add,
  div,
  getBackend,
  mul,
  sqrt,
  square,
  sub,
  tidy,
  unstack,
  type Scalar,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core'
import type { Bank, Gradients, TrainedWeight } from './bank.ts'
import { clipFactor } from './globalNorm.ts'
import { hasKernel, runKernel } from './kernels.ts'

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
  /** The largest global norm that gradients keep; 0 lets any through. */
  readonly clipNorm: number
}

/** How many numbers an update needs. */
export const UPDATE_NUMBERS = 11

/**
 * What an update needs to know, in the order in which it is read. Complements are taken here, in double precision:
 * 1 − τ of a τ near 1 has few digits in a float32.
 */
export function packUpdate(settings: UpdateSettings): number[] {
  const { lr, weightDecay, beta1, beta2, epsilon, update, tau, clipNorm } = settings
  const stepSize = lr / (1 - beta1 ** update)
  const varianceScale = 1 / (1 - beta2 ** update)
  const averages = [beta1, 1 - beta1, beta2, 1 - beta2, tau, 1 - tau]
  return [stepSize, 1 - lr * weightDecay, varianceScale, epsilon, ...averages, clipNorm]
}

/** What an update needs to know to leave every weight and every mean as they are, from whatever finite gradients. */
export const NO_UPDATE: readonly number[] = [0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0]

/**
 * Clips the gradients by their global norm, makes one AdamW update of every weight (Loshchilov & Hutter 2019, in the
 * form of torch.optim.AdamW; spec §8), and moves the teacher towards the new student: t ← τ·t + (1 − τ)·s (paper §3.2).
 * Gradients whose norm is no finite number change nothing.
 * @param norm of all gradients together
 * @param settings `[11]`, from `packUpdate`
 */
export function adamwEma(bank: Bank, gradients: Gradients, norm: Scalar, settings: Tensor1D): void {
  const { flat } = bank
  if (flat === undefined || gradients.flat === undefined || !hasKernel('AdamWEma')) {
    updateEach(bank, gradients, norm, settings)
    return
  }
  const { student, mean, variance, teacher, kinds } = flat
  runKernel('AdamWEma', { student, mean, variance, teacher, kinds, gradient: gradients.flat, norm, settings })
}

function updateEach({ weights }: Bank, gradients: Gradients, norm: Scalar, settings: Tensor1D): void {
  if (!isUsable(norm)) return
  tidy(() => {
    const numbers = unstack(settings)
    const clip = clipFactor(norm, numbers[10])
    weights.forEach((weight, i) => {
      adamw(weight, mul(gradients.each[i], clip), numbers)
      ema(weight, numbers)
    })
  })
}

/**
 * Backends on which a number can be read at once. WebGL waits for it, once in the thousands of operations of a step; on
 * WebGPU our own kernel looks at the norm, and without our kernels steps are only made to be measured.
 */
const READABLE = ['cpu', 'wasm', 'webgl']

function isUsable(norm: Scalar): boolean {
  return !READABLE.includes(getBackend()) || Number.isFinite(norm.dataSync()[0])
}

function adamw(weight: TrainedWeight, gradient: Tensor, numbers: readonly Tensor[]): void {
  const { student, mean, variance, decayed } = weight
  const [stepSize, kept, varianceScale, epsilon, beta1, rest1, beta2, rest2] = numbers
  mean.assign(add(mul(mean, beta1), mul(gradient, rest1)))
  variance.assign(add(mul(variance, beta2), mul(square(gradient), rest2)))
  const step = div(mul(mean, stepSize), add(sqrt(mul(variance, varianceScale)), epsilon))
  student.assign(sub(decayed ? mul(student, kept) : student, step))
}

function ema({ student, teacher }: TrainedWeight, numbers: readonly Tensor[]): void {
  const [tau, rest] = numbers.slice(8)
  teacher?.assign(add(mul(teacher, tau), mul(student, rest)))
}
