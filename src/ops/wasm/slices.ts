import { backend_util, slice_util, util, type TensorInfo } from '@tensorflow/tfjs-core'
import type { WasmBackend } from './backend.ts'
import { wasmKernel } from './kernel.ts'

/** Part of a tensor, without the copy of the whole that tfjs makes first. */
export const sliceWasm = wasmKernel<{ begin: number[]; size: number[] }>(
  'Slice',
  (backend, { x }, attributes) => {
    const [begin, size] = slice_util.parseSliceParams(x, attributes.begin, attributes.size)
    return copyPart(backend, x, begin, size)
  },
)

/** A tensor in parts that lie beside each other along one axis, likewise. */
export const splitWasm = wasmKernel<{ numOrSizeSplits: number | number[]; axis: number }>(
  'SplitV',
  (backend, { x }, { numOrSizeSplits, ...attributes }) => {
    const [axis] = util.parseAxisParam(attributes.axis, x.shape)
    const begin = x.shape.map(() => 0)
    return backend_util.prepareSplitSize(x, numOrSizeSplits, axis).map((size) => {
      const part = copyPart(backend, x, begin, x.shape.with(axis, size))
      begin[axis] += size
      return part
    })
  },
)

function copyPart(backend: WasmBackend, x: TensorInfo, begin: number[], size: number[]): TensorInfo {
  const part = backend.makeOutput(size, x.dtype)
  const source = backend.typedArrayFromHeap(x)
  const target = backend.typedArrayFromHeap(part)
  const strides = [...util.computeStrides(x.shape), 1]
  // Where all axes behind one are taken whole, what is taken of it lies together.
  const last = x.shape.findLastIndex((length, axis) => axis === 0 || size[axis] < length)
  const run = size[last] * strides[last]
  let to = 0
  const copyFrom = (from: number, axis: number) => {
    const first = from + begin[axis] * strides[axis]
    if (axis === last) {
      target.set(source.subarray(first, first + run), to)
      to += run
    } else for (let i = 0; i < size[axis]; i++) copyFrom(first + i * strides[axis], axis + 1)
  }
  if (part.shape.length > 0) copyFrom(0, 0)
  return part
}
