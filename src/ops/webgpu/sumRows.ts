import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import type { GPUBackend } from './dispatch.ts'
import { elementsOf, rowsAlong, runOverRows } from './rows.ts'
import { webgpuKernel } from './kernel.ts'

/** One thread adds up at most this many rows: the waveform's convolutions have tens of thousands. */
const CHUNK = 256

/** `[…, D]` → `[D]`: the sum over all axes but the last. */
export const sumRowsWebGPU = webgpuKernel('SumRows', (gpu, inputs) => {
  const { x } = inputs
  const width = x.shape[x.shape.length - 1]
  const count = util.sizeFromShape([...x.shape]) / width
  const total = gpu.makeTensorInfo([width], 'float32')
  if (count <= CHUNK) {
    sumAlong(gpu, x, [count, width], total)
    return total
  }
  const chunks = sumChunks(gpu, x, count, width)
  sumAlong(gpu, chunks, chunks.shape, total)
  gpu.disposeData(chunks.dataId)
  return total
})

/** `x` as a matrix of `shape` `[N, D]`, its rows added up into `total`. */
export function sumAlong(gpu: GPUBackend, x: TensorInfo, shape: readonly number[], total: TensorInfo): void {
  const body = `
var sum = 0.0;
for (var i = 0u; i < length; i++) { sum += x[at(i)]; }
total[row] = sum;`
  runOverRows(gpu, 'SumRows', rowsAlong(shape, 0), { x }, { total }, body)
}

/** `x` as `[N, D]` → `[⌈N / CHUNK⌉, D]`: the sums of neighbouring rows. */
function sumChunks(gpu: GPUBackend, x: TensorInfo, count: number, width: number): TensorInfo {
  const chunks = gpu.makeTensorInfo([Math.ceil(count / CHUNK), width], 'float32')
  const body = `
let first = row / ${width}u * ${CHUNK}u;
let end = min(first + ${CHUNK}u, ${count}u);
var sum = 0.0;
for (var i = first; i < end; i++) { sum += x[i * ${width}u + row % ${width}u]; }
chunks[row] = sum;`
  runOverRows(gpu, 'SumChunks', elementsOf(chunks), { x }, { chunks }, body)
  return chunks
}
