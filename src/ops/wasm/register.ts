import { registerKernel, unregisterKernel, type KernelConfig } from '@tensorflow/tfjs-core'
import { embeddingGradWasm, embeddingWasm } from './embedding.ts'
import { hastenProducts } from './products.ts'
import { sliceWasm, splitWasm } from './slices.ts'
import { sumRowsWasm } from './sumRows.ts'

/** Kernels that our operations find by name, as those for WebGPU. */
const KERNELS: readonly KernelConfig[] = [embeddingWasm, embeddingGradWasm, sumRowsWasm]

/** Kernels in place of tfjs's. */
const REPLACEMENTS: readonly KernelConfig[] = [sliceWasm, splitWasm]

/** Gives tfjs's WebAssembly backend, once it is there, our kernels, and faster products of matrices. */
export function registerWasmKernels(): void {
  KERNELS.forEach(registerKernel)
  for (const kernel of REPLACEMENTS) {
    unregisterKernel(kernel.kernelName, 'wasm')
    registerKernel(kernel)
  }
  hastenProducts()
}
