import type { TensorInfo } from '@tensorflow/tfjs-core'
import { AVERAGED, DECAYED } from '../bank.ts'
import { bufferOf, dispatch, pipelineOf, writableBufferOf } from './dispatch.ts'
import type { GPUBackend } from './tfjs.ts'
import { webgpuKernel } from './kernel.ts'
import { runOverRows } from './rows.ts'

/** Threads of the workgroup that adds up what is left. */
const THREADS = 256

/** Fours of a bank that one thread adds up, far apart, so that threads beside each other read beside each other. */
const EACH = 16

const FOURS = { values: 'vec4f', student: 'vec4f', teacher: 'vec4f' } as const

/** `values` `[N]`, laid out as a bank is, with its `kinds` `[N / 64]` → √Σ|x|², in two dispatches. */
export const globalNormWebGPU = webgpuKernel<Record<'values' | 'kinds', TensorInfo>>(
  'GlobalNorm',
  (gpu, inputs) => {
    const partial = sumParts(gpu, 'SumSquares', inputs, inputs.values, 1, {
      isMeant: 'true',
      terms: ['values[i]'],
    })
    return finish(gpu, 'GlobalNorm', partial, 1, 'sqrt(sums[0])')
  },
)

/** `student` and `teacher` `[N]`, with the bank's `kinds` → ‖teacher − student‖ / ‖student‖ where the teacher averages. */
export const relativeDistanceWebGPU = webgpuKernel<Record<'student' | 'teacher' | 'kinds', TensorInfo>>(
  'RelativeDistance',
  (gpu, inputs) => {
    const partial = sumParts(gpu, 'SumDistances', inputs, inputs.student, 2, {
      isMeant: `(kind & ${AVERAGED}u) != 0u`,
      terms: ['teacher[i] - student[i]', 'student[i]'],
    })
    return finish(gpu, 'RelativeDistance', partial, 2, `sqrt(sums[0] / sums[${THREADS}])`)
  },
)

interface Terms {
  /** Whether a run of numbers counts; sees its `kind`. */
  readonly isMeant: string
  /** What is squared and added up, four numbers at a time; sees `i`. */
  readonly terms: readonly string[]
}

/** `[count, P]`: sums of the squared terms over the numbers that P threads look at. */
function sumParts(
  gpu: GPUBackend,
  name: string,
  inputs: Readonly<Record<string, TensorInfo>>,
  { shape: [length] }: TensorInfo,
  count: number,
  { isMeant, terms }: Terms,
): TensorInfo {
  const fours = length / 4
  const threads = Math.ceil(fours / EACH)
  const partial = gpu.makeTensorInfo([count, threads], 'float32')
  const body = `
  ${terms.map((_, term) => `var sum${term} = vec4f();`).join('\n  ')}
  for (var i = row; i < ${fours}u; i += ${threads}u) {
    let kind = u32(kinds[i / 16u]);
    // Between two weights lies what means nothing.
    let isWeight = vec4u(i % 16u * 4u) + vec4u(0u, 1u, 2u, 3u) < vec4u(kind % ${DECAYED}u);
    if (${isMeant}) {
      ${terms.map((term, i) => `let term${i} = select(vec4f(), ${term}, isWeight); sum${i} += term${i} * term${i};`).join('\n      ')}
    }
  }
  ${terms.map((_, term) => `partial[${term * threads}u + row] = dot(sum${term}, vec4f(1.0));`).join('\n  ')}`
  runOverRows(gpu, name, { count: threads, length: 1, stride: 1 }, inputs, { partial }, body, FOURS)
  return partial
}

/** One workgroup adds up each of `count` rows of partial sums, and makes one number of the totals. */
function finish(
  gpu: GPUBackend,
  name: string,
  partial: TensorInfo,
  count: number,
  result: string,
): TensorInfo {
  const total = gpu.makeTensorInfo([], 'float32')
  const code = `
@group(0) @binding(0) var<storage, read> partial: array<f32>;
@group(0) @binding(1) var<storage, read_write> total: array<f32>;
var<workgroup> sums: array<f32, ${count * THREADS}>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  let length = arrayLength(&partial) / ${count}u;
  for (var row = 0u; row < ${count}u; row++) {
    var sum = 0.0;
    for (var i = thread; i < length; i += ${THREADS}u) { sum += partial[row * length + i]; }
    sums[row * ${THREADS}u + thread] = sum;
  }
  for (var half = ${THREADS / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) {
      for (var i = thread; i < ${count * THREADS}u; i += ${THREADS}u) { sums[i] += sums[i + half]; }
    }
  }
  if (thread == 0u) { total[0] = ${result}; }
}`
  dispatch(gpu, pipelineOf(gpu, name, code), [bufferOf(gpu, partial), writableBufferOf(gpu, total)], 1)
  gpu.disposeData(partial.dataId)
  return total
}
