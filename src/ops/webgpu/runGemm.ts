import type { TensorInfo } from '@tensorflow/tfjs-core'
import { bufferOf, dispatch, pipelineOf, writableBufferOf } from './dispatch.ts'
import { bufferNames, outputNames, type Gemm } from './gemm.ts'
import { gemmShader } from './gemmShader.ts'
import { likelyVariant } from './gemmVariants.ts'
import type { GPUBackend } from './tfjs.ts'

/** Computes a product into tensors that are there. @param tensors of each of the product's buffers */
export function runGemm(gpu: GPUBackend, gemm: Gemm, tensors: Readonly<Record<string, TensorInfo>>): void {
  const { code, workgroups } = gemmShader(gemm, likelyVariant(gemm))
  const written = outputNames(gemm)
  const buffers = bufferNames(gemm).map((name) =>
    written.includes(name) ? writableBufferOf(gpu, tensors[name]) : bufferOf(gpu, tensors[name]),
  )
  dispatch(gpu, pipelineOf(gpu, gemm.label, code), buffers, workgroups)
}
