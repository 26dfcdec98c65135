import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'

/** What our kernels need to know of tfjs's WebAssembly backend (4.22), whose own types name tools that build it. */
export interface WasmBackend extends KernelBackend {
  readonly wasm: {
    /** A function of the program, callable with numbers and with arrays of bytes. */
    cwrap(name: string, result: null, parameters: readonly ('number' | 'array')[]): unknown
    readonly tfjs: {
      /** @param size in values */
      readonly registerTensor: (id: number, size: number, address: number) => void
      readonly disposeData: (id: number) => void
    }
  }
  /** A new tensor with values that are not set yet. */
  makeOutput(shape: number[], dtype: DataType): TensorInfo
  /** Where a tensor begins, in bytes. */
  getMemoryOffset(dataId: object): number
  /** A tensor's values in place, until more memory is asked for. */
  typedArrayFromHeap(tensor: TensorInfo): Float32Array
}
