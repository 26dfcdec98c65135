import { registerKernel, type KernelConfig } from '@tensorflow/tfjs-core'
import { adamwEmaWebGPU } from './adamwEma.ts'
import { attentionGradWebGPU, attentionWebGPU } from './attention.ts'
import { gatherWebGPU, viewsWebGPU } from './bank.ts'
import { conv1dGradWebGPU, conv1dWebGPU } from './conv1d.ts'
import { embeddingGradWebGPU, embeddingWebGPU } from './embedding.ts'
import { geluGradWebGPU, geluWebGPU } from './gelu.ts'
import { globalNormWebGPU, relativeDistanceWebGPU } from './globalNorm.ts'
import { linearGradWebGPU, linearWebGPU } from './linear.ts'
import { standardiseGradWebGPU, standardiseWebGPU } from './standardise.ts'
import { sumRowsWebGPU } from './sumRows.ts'

const KERNELS: readonly KernelConfig[] = [
  linearWebGPU,
  linearGradWebGPU,
  sumRowsWebGPU,
  standardiseWebGPU,
  standardiseGradWebGPU,
  attentionWebGPU,
  attentionGradWebGPU,
  conv1dWebGPU,
  conv1dGradWebGPU,
  embeddingWebGPU,
  embeddingGradWebGPU,
  geluWebGPU,
  geluGradWebGPU,
  viewsWebGPU,
  gatherWebGPU,
  globalNormWebGPU,
  relativeDistanceWebGPU,
  adamwEmaWebGPU,
]

/** Gives tfjs's WebGPU backend our fused kernels; the operations find them by name and use them from then on. */
export function registerFusedKernels(): void {
  KERNELS.forEach(registerKernel)
}
