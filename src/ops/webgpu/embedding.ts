import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { GPUBackend } from './tfjs.ts'
import { webgpuKernel } from './kernel.ts'
import { elementsOf, runOverRows } from './rows.ts'

/** Places that one integer can tell apart. */
const BITS = 32

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

/** From `dy` `[N, D]`, the gradient in the table. The places of an id are added up in their order. */
export const embeddingGradWebGPU = webgpuKernel<Record<'dy' | 'ids', TensorInfo>, { readonly rows: number }>(
  'EmbeddingGrad',
  (gpu, { dy, ids }, { rows }) => {
    const [, width] = dy.shape
    const dtable = gpu.makeTensorInfo([rows, width], 'float32')
    const places = findPlaces(gpu, ids, rows)
    const [, words] = places.shape
    const vector = width % 4 === 0
    const units = vector ? width / 4 : width
    const unit = vector ? 'vec4f' : 'f32'
    const body = `
let id = row / ${units}u;
var sum = ${unit}();
for (var word = 0u; word < ${words}u; word++) {
  for (var bits = places[id * ${words}u + word]; bits != 0u; bits &= bits - 1u) {
    sum += dy[(word * ${BITS}u + countTrailingZeros(bits)) * ${units}u + row % ${units}u];
  }
}
dtable[row] = sum;`
    const layout = { count: rows * units, length: 1, stride: 1 }
    const types = { dy: unit, places: 'u32', dtable: unit } as const
    runOverRows(gpu, 'EmbeddingGrad', layout, { dy, places }, { dtable }, body, types)
    gpu.disposeData(places.dataId)
    return dtable
  },
)

/** Which of N places have each id: a bit for each of them, `[V, ⌈N / 32⌉]`. So no element walks them all. */
function findPlaces(gpu: GPUBackend, ids: TensorInfo, rows: number): TensorInfo {
  const [count] = ids.shape
  const words = Math.ceil(count / BITS)
  const places = gpu.makeTensorInfo([rows, words], 'float32')
  const body = `
let id = f32(row / ${words}u);
let first = row % ${words}u * ${BITS}u;
var bits = 0u;
for (var i = 0u; i < min(${BITS}u, ${count}u - first); i++) {
  if (ids[first + i] == id) { bits |= 1u << i; }
}
places[row] = bits;`
  runOverRows(gpu, 'EmbeddingPlaces', elementsOf(places), { ids }, { places }, body, { places: 'u32' })
  return places
}
