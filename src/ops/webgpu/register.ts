import { registerKernel } from '@tensorflow/tfjs-core'
import { adamwEmaWebGPU } from './adamwEma.ts'
import { globalNormWebGPU } from './globalNorm.ts'

/** Gives tfjs's WebGPU backend our fused kernels; the operations find them by name and use them from then on. */
export function registerFusedKernels(): void {
  for (const kernel of [adamwEmaWebGPU, globalNormWebGPU]) registerKernel(kernel)
}
