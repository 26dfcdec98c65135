import type { TensorInfo } from '@tensorflow/tfjs-core'
import { webgpuKernel } from './kernel.ts'
import { elementsOf, runOverRows } from './rows.ts'

interface PutInputs {
  readonly rows: TensorInfo
  readonly rank: TensorInfo
  readonly others?: TensorInfo
}

/** `rows` `[K, C]`, `others` `[N − K, C]` (zeros without them) → `[N, C]` in the order of `rank` `[N]`. */
export const putRowsWebGPU = webgpuKernel<PutInputs>('PutRows', (gpu, { rows, rank, others }) => {
  const [count, columns] = rows.shape
  const put = gpu.makeTensorInfo([rank.shape[0], columns], 'float32')
  const body = `
let source = u32(rank[row / ${columns}u]) * ${columns}u + row % ${columns}u;
if (source < ${count * columns}u) { put[row] = rows[source]; return; }
put[row] = ${others ? `others[source - ${count * columns}u]` : '0.0'};`
  runOverRows(gpu, 'PutRows', elementsOf(put), { rows, rank, ...(others && { others }) }, { put }, body)
  return put
})
