import { wasmKernel } from './kernel.ts'

/** `[…, D]` → `[D]`: the sum over all axes but the last, for which tfjs would transpose. */
export const sumRowsWasm = wasmKernel('SumRows', (backend, { x }) => {
  const width = x.shape[x.shape.length - 1]
  const total = backend.makeOutput([width], 'float32')
  const values = backend.typedArrayFromHeap(x)
  const sums = new Float64Array(width)
  for (let row = 0; row < values.length; row += width) {
    for (let i = 0; i < width; i++) sums[i] += values[row + i]
  }
  backend.typedArrayFromHeap(total).set(sums)
  return total
})
