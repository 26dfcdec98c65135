import { registerKernel, type KernelConfig } from '@tensorflow/tfjs-core'
import { adamwEmaWebGPU } from './adamwEma.ts'
import { averageLayersWebGPU } from './averageLayers.ts'
import { attentionGradWebGPU, attentionWebGPU } from './attention.ts'
import { gatherWebGPU, viewsWebGPU } from './bank.ts'
import { conv1dGradWebGPU, conv1dWebGPU } from './conv1d.ts'
import { embeddingGradWebGPU, embeddingWebGPU } from './embedding.ts'
import { geluGradWebGPU, geluWebGPU } from './gelu.ts'
import { globalNormWebGPU, relativeDistanceWebGPU } from './globalNorm.ts'
import { layerNormGradAffineWebGPU, layerNormGradInputWebGPU, layerNormWebGPU } from './layerNorm.ts'
import { layerScaleGradWebGPU } from './layerScale.ts'
import { linearGradInputWebGPU, linearGradWeightWebGPU, linearWebGPU } from './linear.ts'
import { maskedStdWebGPU } from './maskedStd.ts'
import { rowsBesideGradWebGPU, rowsBesideWebGPU } from './rowsBeside.ts'
import { selectRowsGradWebGPU } from './selectRows.ts'
import { maskedMeanWebGPU, maskedSmoothL1GradWebGPU, tokenSmoothL1WebGPU } from './smoothL1.ts'
import { standardiseGradWebGPU, standardiseWebGPU } from './standardise.ts'
import { sumRowsWebGPU } from './sumRows.ts'
import { putRowsWebGPU } from './takeRows.ts'
import {
  maskTokensWebGPU,
  placeTokensWebGPU,
  scaleRowsWebGPU,
  sumFirstWebGPU,
  sumMaskedWebGPU,
  sumSamplesWebGPU,
  withoutFirstWebGPU,
} from './tokens.ts'

const KERNELS: readonly KernelConfig[] = [
  linearWebGPU,
  linearGradInputWebGPU,
  linearGradWeightWebGPU,
  layerScaleGradWebGPU,
  sumRowsWebGPU,
  standardiseWebGPU,
  standardiseGradWebGPU,
  layerNormWebGPU,
  layerNormGradInputWebGPU,
  layerNormGradAffineWebGPU,
  attentionWebGPU,
  attentionGradWebGPU,
  conv1dWebGPU,
  conv1dGradWebGPU,
  embeddingWebGPU,
  embeddingGradWebGPU,
  selectRowsGradWebGPU,
  putRowsWebGPU,
  rowsBesideWebGPU,
  rowsBesideGradWebGPU,
  geluWebGPU,
  geluGradWebGPU,
  maskTokensWebGPU,
  sumMaskedWebGPU,
  scaleRowsWebGPU,
  placeTokensWebGPU,
  withoutFirstWebGPU,
  sumSamplesWebGPU,
  sumFirstWebGPU,
  averageLayersWebGPU,
  tokenSmoothL1WebGPU,
  maskedMeanWebGPU,
  maskedSmoothL1GradWebGPU,
  maskedStdWebGPU,
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
