import { wasmKernel } from './kernel.ts'

/** `ids` `[N]`, `table` `[V, D]` → `[N, D]` */
export const embeddingWasm = wasmKernel('Embedding', (backend, { ids, table }) => {
  const [, width] = table.shape
  const found = backend.makeOutput([ids.shape[0], width], 'float32')
  const [chosen, rows, results] = [ids, table, found].map((tensor) => backend.typedArrayFromHeap(tensor))
  chosen.forEach((id, i) => {
    results.set(rows.subarray(id * width, (id + 1) * width), i * width)
  })
  return found
})

/** From `dy` `[N, D]`, the gradient in the table: for each id the sum over the places that have it, in their order. */
export const embeddingGradWasm = wasmKernel<{ readonly rows: number }>(
  'EmbeddingGrad',
  (backend, { dy, ids }, { rows }) => {
    const [, width] = dy.shape
    const dtable = backend.makeOutput([rows, width], 'float32')
    const [gradients, chosen, results] = [dy, ids, dtable].map((tensor) => backend.typedArrayFromHeap(tensor))
    results.fill(0)
    chosen.forEach((id, place) => {
      for (let i = 0; i < width; i++) results[id * width + i] += gradients[place * width + i]
    })
    return dtable
  },
)
