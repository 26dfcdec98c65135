import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core'
import type { GPUBackend } from './tfjs.ts'

/** Inputs by name; a kernel with one that may be missing spells them out. */
type AnyInputs = Readonly<Record<string, TensorInfo>>

/** A kernel for tfjs's WebGPU backend. `Attributes` are those that the operation passes to `runKernel`. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- tfjs leaves both untyped: the kernel says what they are
export function webgpuKernel<Inputs = AnyInputs, Attributes = undefined>(
  kernelName: string,
  run: (backend: GPUBackend, inputs: Inputs, attributes: Attributes) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs, backend }) =>
      run(backend as unknown as GPUBackend, inputs as Inputs, attrs as unknown as Attributes),
  }
}
