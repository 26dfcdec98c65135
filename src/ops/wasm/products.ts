import {
  getKernel,
  registerKernel,
  unregisterKernel,
  util,
  type KernelBackend,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core'

/** What tfjs hands to the kernel of `matMul`. */
interface Product {
  readonly inputs: { readonly a: TensorInfo; readonly b: TensorInfo }
  readonly backend: KernelBackend
  readonly attrs: { readonly transposeA: boolean; readonly transposeB: boolean }
}

/**
 * Lets tfjs's WebAssembly backend multiply transposed matrices as fast as others. It has XNNPACK for the product of two
 * matrices, but leaves those of which one is to be transposed to a plain loop: 50 to 100 ms instead of 5, transposing
 * included, for 768 × 128 × 512 (4.22, one core).
 */
export function hastenProducts(): void {
  const { kernelFunc, ...rest } = getKernel('BatchMatMul', 'wasm')
  const transpose = getKernel('Transpose', 'wasm').kernelFunc
  const hastened = transposingFirst(kernelFunc, transpose)
  unregisterKernel('BatchMatMul', 'wasm')
  registerKernel({ ...rest, kernelFunc: (asked) => hastened(asked as unknown as Product) })
}

function transposingFirst(multiply: KernelFunc, transpose: KernelFunc): (asked: Product) => TensorInfo {
  return ({ inputs, backend, attrs }) => {
    const { a, b } = inputs
    const product = (left: TensorInfo, right: TensorInfo, how: Product['attrs']) =>
      multiply({ inputs: { a: left, b: right }, backend, attrs: { ...how } }) as TensorInfo
    if (!isOneMatrix(a) || !isOneMatrix(b)) return product(a, b, attrs) // a plain loop either way
    const turned = (matrix: TensorInfo) =>
      transpose({ inputs: { x: matrix }, backend, attrs: { perm: lastTwoSwapped(matrix) } }) as TensorInfo
    const left = attrs.transposeA ? turned(a) : a
    const right = attrs.transposeB ? turned(b) : b
    const result = product(left, right, { transposeA: false, transposeB: false })
    if (left !== a) backend.disposeData(left.dataId)
    if (right !== b) backend.disposeData(right.dataId)
    return result
  }
}

/** `[rows, columns]`, or the same in a batch of one. */
function isOneMatrix({ shape }: TensorInfo): boolean {
  return util.sizeFromShape(shape.slice(0, -2)) === 1
}

function lastTwoSwapped({ shape }: TensorInfo): number[] {
  const axes = shape.map((_, axis) => axis)
  return [...axes.slice(0, -2), axes.length - 1, axes.length - 2]
}
