import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core'
import type { WasmBackend } from './backend.ts'

/** A kernel for tfjs's WebAssembly backend, written as a loop over its memory, where tfjs has none or copies first. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- tfjs leaves them untyped: the kernel says what they are
export function wasmKernel<Attributes = undefined>(
  kernelName: string,
  run: (
    backend: WasmBackend,
    inputs: Readonly<Record<string, TensorInfo>>,
    attributes: Attributes,
  ) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) =>
      run(
        backend as unknown as WasmBackend,
        inputs as Record<string, TensorInfo>,
        attrs as unknown as Attributes,
      ),
  }
}
