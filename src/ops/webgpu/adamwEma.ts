import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core'
import type { GPUBackend } from './dispatch.ts'
import { elementsOf, runOverRows } from './rows.ts'

/**
 * AdamW and EMA of one weight in place, in one dispatch. Inputs `student`, `mean`, `variance`, `teacher` (optional)
 * and `gradient` of one shape, `clip` (scalar), and `settings` in the order of the shader's constants. No output.
 */
export const adamwEmaWebGPU: KernelConfig = {
  kernelName: 'AdamWEma',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
    const gpu = backend as unknown as GPUBackend
    const { student, mean, variance, gradient, clip, settings } = inputs as Record<string, TensorInfo>
    const teacher = inputs.teacher
    const written = { student, mean, variance, ...(teacher && { teacher }) }
    const body = teacher === undefined ? ADAMW : ADAMW + EMA
    runOverRows(gpu, 'AdamWEma', elementsOf(student), { gradient, clip, settings }, written, body)
    return []
  },
}

const ADAMW = `
  let stepSize = settings[0];         // lr / (1 − β₁ⁿ)
  let kept = settings[1];             // 1 − lr · weight decay
  let beta1 = settings[2];
  let beta2 = settings[3];
  let varianceScale = settings[4];    // 1 / (1 − β₂ⁿ)
  let epsilon = settings[5];
  let tau = settings[6];
  let g = gradient[row] * clip[0];
  let m = beta1 * mean[row] + (1.0 - beta1) * g;
  let v = beta2 * variance[row] + (1.0 - beta2) * g * g;
  let updated = kept * student[row] - stepSize * m / (sqrt(v * varianceScale) + epsilon);
  mean[row] = m;
  variance[row] = v;
  student[row] = updated;`

const EMA = `
  teacher[row] = tau * teacher[row] + (1.0 - tau) * updated;`
