import { bufferOf, dispatch, pipelineOf, writableBufferOf } from './dispatch.ts'
import { webgpuKernel } from './kernel.ts'

const THREADS = 256
/** Partial sums lie this many numbers apart: 256 bytes, the alignment that every device allows for a binding. */
const STRIDE = 64

/** √Σ|x|² over all inputs, in one dispatch for each and one to add up. */
export const globalNormWebGPU = webgpuKernel('GlobalNorm', (gpu, inputs) => {
  const tensors = Object.values(inputs)
  const partials = gpu.makeTensorInfo([tensors.length * STRIDE], 'float32')
  const norm = gpu.makeTensorInfo([], 'float32')
  const buffer = writableBufferOf(gpu, partials)
  tensors.forEach((tensor, i) => {
    const slot = { buffer, offset: i * STRIDE * 4, size: 4 }
    dispatch(gpu, pipelineOf(gpu, 'SumSquares', SUM_SQUARES), [bufferOf(gpu, tensor), slot], 1)
  })
  dispatch(gpu, pipelineOf(gpu, 'GlobalNorm', ROOT_OF_SUM), [buffer, writableBufferOf(gpu, norm)], 1)
  gpu.disposeData(partials.dataId)
  return norm
})

/** One workgroup adds up what its threads collected; leaves the total in `sums[0]`. */
const REDUCE = `
var<workgroup> sums: array<f32, ${THREADS}>;

fn reduce(thread: u32) {
  for (var half = ${THREADS / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) { sums[thread] += sums[thread + half]; }
  }
}`

const SUM_SQUARES = `
@group(0) @binding(0) var<storage, read> values: array<f32>;
@group(0) @binding(1) var<storage, read_write> total: array<f32>;
${REDUCE}

@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  var sum = 0.0;
  for (var i = thread; i < arrayLength(&values); i += ${THREADS}u) { sum += values[i] * values[i]; }
  sums[thread] = sum;
  reduce(thread);
  if (thread == 0u) { total[0] = sums[0]; }
}`

const ROOT_OF_SUM = `
@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> norm: array<f32>;
${REDUCE}

@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  var sum = 0.0;
  for (var i = thread * ${STRIDE}u; i < arrayLength(&partials); i += ${THREADS * STRIDE}u) { sum += partials[i]; }
  sums[thread] = sum;
  reduce(thread);
  if (thread == 0u) { norm[0] = sqrt(sums[0]); }
}`
