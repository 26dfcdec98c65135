import type { TensorInfo } from '@tensorflow/tfjs-core'
import { webgpuKernel } from './kernel.ts'
import { elementsOf, runOverRows } from './rows.ts'

/** `ids` `[N]`, `table` `[V, D]` → `[N, D]` */
export const embeddingWebGPU = webgpuKernel('Embedding', (gpu, inputs) => {
  const { ids, table } = inputs
  const width = table.shape[1]
  const found = gpu.makeTensorInfo([ids.shape[0], width], 'float32')
  const body = `
found[row] = table[u32(ids[row / ${width}u]) * ${width}u + row % ${width}u];`
  runOverRows(gpu, 'Embedding', elementsOf(found), { ids, table }, { found }, body)
  return found
})

/** From `dy` `[N, D]`, the gradient in the table. Each of its elements walks all ids, so that its sum has one order. */
export const embeddingGradWebGPU = webgpuKernel<Record<'dy' | 'ids', TensorInfo>, { readonly rows: number }>(
  'EmbeddingGrad',
  (gpu, inputs, { rows }) => {
    const { dy, ids } = inputs
    const [count, width] = dy.shape
    const dtable = gpu.makeTensorInfo([rows, width], 'float32')
    const body = `
let id = f32(row / ${width}u);
let channel = row % ${width}u;
var sum = 0.0;
for (var i = 0u; i < ${count}u; i++) {
  if (ids[i] == id) { sum += dy[i * ${width}u + channel]; }
}
dtable[row] = sum;`
    runOverRows(gpu, 'EmbeddingGrad', elementsOf(dtable), { dy, ids }, { dtable }, body)
    return dtable
  },
)
