import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core'
import { bufferOf, dispatch, pipelineOf, writableBufferOf, type GPUBackend } from './dispatch.ts'

const THREADS = 256

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
    const written = [student, mean, variance, ...(teacher ? [teacher] : [])]
    const bindings = [
      ...[gradient, clip, settings].map((tensor) => bufferOf(gpu, tensor)),
      ...written.map((tensor) => writableBufferOf(gpu, tensor)),
    ]
    const size = student.shape.reduce((product, length) => product * length, 1)
    const code = shader(teacher !== undefined)
    dispatch(gpu, pipelineOf(gpu, 'AdamWEma', code), bindings, Math.ceil(size / THREADS))
    return []
  },
}

function shader(hasTeacher: boolean): string {
  return `
@group(0) @binding(0) var<storage, read> gradient: array<f32>;
@group(0) @binding(1) var<storage, read> clip: array<f32>;
@group(0) @binding(2) var<storage, read> settings: array<f32>;
@group(0) @binding(3) var<storage, read_write> student: array<f32>;
@group(0) @binding(4) var<storage, read_write> mean: array<f32>;
@group(0) @binding(5) var<storage, read_write> variance: array<f32>;
${hasTeacher ? '@group(0) @binding(6) var<storage, read_write> teacher: array<f32>;' : ''}

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let i = (group.y * groups.x + group.x) * ${THREADS}u + thread;
  if (i >= arrayLength(&student)) { return; }
  let stepSize = settings[0];         // lr / (1 − β₁ⁿ)
  let kept = settings[1];             // 1 − lr · weight decay
  let beta1 = settings[2];
  let beta2 = settings[3];
  let varianceScale = settings[4];    // 1 / (1 − β₂ⁿ)
  let epsilon = settings[5];
  let tau = settings[6];
  let g = gradient[i] * clip[0];
  let m = beta1 * mean[i] + (1.0 - beta1) * g;
  let v = beta2 * variance[i] + (1.0 - beta2) * g * g;
  let updated = kept * student[i] - stepSize * m / (sqrt(v * varianceScale) + epsilon);
  mean[i] = m;
  variance[i] = v;
  student[i] = updated;
  ${hasTeacher ? 'teacher[i] = tau * teacher[i] + (1.0 - tau) * updated;' : ''}
}`
}
