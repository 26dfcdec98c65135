import type { TensorInfo } from '@tensorflow/tfjs-core'
import { bufferOf, dispatch, pipelineOf, writableBufferOf } from './dispatch.ts'
import { bufferNames, outputNames, type Gemm } from './gemm.ts'
import { gemmShader } from './gemmShader.ts'
import { VARIANTS } from './gemmVariants.ts'
import type { GPUBackend } from './tfjs.ts'
import { awaitsMeasurement, variantFor } from './tuning.ts'

/**
 * Computes a product into tensors that are there, or notes that it is to be measured first.
 * @param tensors of each of the product's buffers
 */
export function runGemm(gpu: GPUBackend, gemm: Gemm, tensors: Readonly<Record<string, TensorInfo>>): void {
  if (awaitsMeasurement(gpu, gemm, tensors)) return
  const { code, workgroups } = gemmShader(gemm, VARIANTS[variantFor(gpu, gemm)])
  const written = outputNames(gemm)
  const buffers = bufferNames(gemm).map((name) =>
    written.includes(name) ? writableBufferOf(gpu, tensors[name]) : bufferOf(gpu, tensors[name]),
  )
  dispatch(gpu, pipelineOf(gpu, gemm.label, code), buffers, workgroups)
}
