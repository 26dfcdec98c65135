import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import { sumColumns } from './columns.ts'
import type { GPUBackend } from './tfjs.ts'
import { webgpuKernel } from './kernel.ts'
import { elementsOf, runOverRows } from './rows.ts'

/** More rows than these are added up in two rounds: the waveform's convolutions have tens of thousands. */
const ROWS_AT_ONCE = 4096

/** Rows that a thread adds up in the first of two rounds. */
const CHUNK = 256

/** `[…, D]` → `[D]`: the sum over all axes but the last. */
export const sumRowsWebGPU = webgpuKernel('SumRows', (gpu, { x }) => {
  const width = x.shape[x.shape.length - 1]
  const count = util.sizeFromShape([...x.shape]) / width
  const total = gpu.makeTensorInfo([width], 'float32')
  if (count <= ROWS_AT_ONCE) {
    sumInto(gpu, x, count, total)
    return total
  }
  const chunks = sumChunks(gpu, x, count, width)
  sumInto(gpu, chunks, chunks.shape[0], total)
  gpu.disposeData(chunks.dataId)
  return total
})

/** `x` as a matrix of so many rows, added up into `total`. */
export function sumInto(gpu: GPUBackend, x: TensorInfo, rows: number, total: TensorInfo): void {
  const columns = util.sizeFromShape([...total.shape])
  sumColumns(gpu, 'SumRows', { rows, columns }, { x }, { total }, ['x[at]'])
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
