import type { TensorInfo } from '@tensorflow/tfjs-core'
import { webgpuKernel } from './kernel.ts'
import { elementsOf, runOverRows } from './rows.ts'

type Inputs = Record<'student' | 'mean' | 'variance' | 'gradient' | 'clip' | 'settings', TensorInfo> & {
  readonly teacher?: TensorInfo
}

/**
 * AdamW and EMA of one weight in place, in one dispatch. `student`, `mean`, `variance`, `teacher` and `gradient` have
 * one shape, `clip` is a scalar, and `settings` are in the order of the shader's constants. No output.
 */
export const adamwEmaWebGPU = webgpuKernel<Inputs>('AdamWEma', (gpu, inputs) => {
  const { student, mean, variance, teacher, gradient, clip, settings } = inputs
  const written = { student, mean, variance, ...(teacher && { teacher }) }
  const body = teacher === undefined ? ADAMW : ADAMW + EMA
  runOverRows(gpu, 'AdamWEma', elementsOf(student), { gradient, clip, settings }, written, body)
  return []
})

const ADAMW = `
  let stepSize = settings[0];         // lr / (1 − β₁ⁿ)
  let kept = settings[1];             // 1 − lr · weight decay
  let varianceScale = settings[2];    // 1 / (1 − β₂ⁿ)
  let epsilon = settings[3];
  let g = gradient[row] * clip[0];
  let m = settings[4] * mean[row] + settings[5] * g;             // β₁, 1 − β₁
  let v = settings[6] * variance[row] + settings[7] * g * g;     // β₂, 1 − β₂
  let updated = kept * student[row] - stepSize * m / (sqrt(v * varianceScale) + epsilon);
  mean[row] = m;
  variance[row] = v;
  student[row] = updated;`

const EMA = `
  teacher[row] = settings[8] * teacher[row] + settings[9] * updated;     // τ, 1 − τ`
