import type { TensorInfo } from '@tensorflow/tfjs-core'
import { AVERAGED, DECAYED } from '../bank.ts'
import { webgpuKernel } from './kernel.ts'
import { runOverRows } from './rows.ts'

type Inputs = Record<
  'student' | 'mean' | 'variance' | 'teacher' | 'kinds' | 'gradient' | 'norm' | 'settings',
  TensorInfo
>

/** Weights, four at a time. */
const FOURS = {
  student: 'vec4f',
  mean: 'vec4f',
  variance: 'vec4f',
  teacher: 'vec4f',
  gradient: 'vec4f',
} as const

/**
 * Clip, AdamW and EMA of all weights in place, in one dispatch. The weights and `gradient` are `[N]`, laid out as a
 * bank is, with its `kinds` `[N / 64]`; `norm` is a scalar, and `settings` are in the order of `packUpdate`. What lies
 * between two weights is updated, too, whatever it is: nobody reads it. No output.
 */
export const adamwEmaWebGPU = webgpuKernel<Inputs>('AdamWEma', (gpu, inputs) => {
  const { student, mean, variance, teacher, ...read } = inputs
  const rows = { count: student.shape[0] / 4, length: 1, stride: 1 }
  runOverRows(gpu, 'AdamWEma', rows, read, { student, mean, variance, teacher }, UPDATE, FOURS)
  return []
})

/** Infinity and what is no number have all bits of the exponent set; shaders may take it for granted that neither occurs. */
const UPDATE = `
  if ((bitcast<u32>(norm[0]) & 0x7f800000u) == 0x7f800000u) { return; }
  let kind = u32(kinds[row / 16u]);
  let limit = settings[10];
  let clip = select(min(1.0, limit / (norm[0] + 1e-6)), 1.0, limit == 0.0);
  let stepSize = settings[0];         // lr / (1 − β₁ⁿ)
  let kept = select(1.0, settings[1], (kind & ${DECAYED}u) != 0u);     // 1 − lr · weight decay
  let varianceScale = settings[2];    // 1 / (1 − β₂ⁿ)
  let epsilon = settings[3];
  let g = gradient[row] * clip;
  let m = settings[4] * mean[row] + settings[5] * g;             // β₁, 1 − β₁
  let v = settings[6] * variance[row] + settings[7] * g * g;     // β₂, 1 − β₂
  let updated = kept * student[row] - stepSize * m / (sqrt(v * varianceScale) + epsilon);
  mean[row] = m;
  variance[row] = v;
  student[row] = updated;
  if ((kind & ${AVERAGED}u) != 0u) { teacher[row] = settings[8] * teacher[row] + settings[9] * updated; } // τ, 1 − τ`
