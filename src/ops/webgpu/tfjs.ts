/**
 * All that we rely on inside tfjs's WebGPU backend 4.22 beyond its declared interface, in one place: the version is
 * pinned in package.json, and test/gpu/ops/tfjs.test.ts says when one of these has changed.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'

/** What we use of the backend that it declares. */
export type GPUBackend = Pick<
  WebGPUBackend,
  | 'device'
  | 'tensorMap'
  | 'uploadToGPU'
  | 'makeTensorInfo'
  | 'disposeData'
  | 'submitQueue'
  | 'ensureCommandEncoderReady'
  | 'endComputePassEncoder'
>

/** Where the backend gets buffers from and gives them back to. */
export interface BufferSource {
  acquireBuffer(size: number, usage: number, mappedAtCreation?: boolean, reuse?: boolean): GPUBuffer
  releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void
}

/** The backend's own source: it keeps what it is given back for the next who wants as many bytes. */
interface Pool extends BufferSource {
  readonly freeBuffers: ReadonlyMap<string, readonly GPUBuffer[]>
}

interface Internals {
  /** Records until `submitQueue`; null when nothing waits. */
  commandEncoder: GPUCommandEncoder | null
  bufferManager: BufferSource
  /** Every program so far, by its text. It is a promise where programs are only compiled. */
  readonly pipelineCache: Record<string, GPUComputePipeline | Promise<GPUComputePipeline>>
}

const internalsOf = (backend: GPUBackend) => backend as unknown as Internals

/** The encoder that tfjs records into, so that our dispatches keep their place among its own. */
export function encoderOf(backend: GPUBackend): GPUCommandEncoder {
  backend.ensureCommandEncoderReady()
  backend.endComputePassEncoder()
  const { commandEncoder } = internalsOf(backend)
  if (commandEncoder === null) throw new Error('TensorFlow.js has no command encoder.')
  return commandEncoder
}

/** Hands over what waits in the backend's encoder, if anything does, and frees what was only kept for it. */
export function flush(backend: GPUBackend): void {
  if (internalsOf(backend).commandEncoder === null) return
  backend.endComputePassEncoder()
  backend.submitQueue()
}

/**
 * Waits for the programs that the backend is only compiling. It would keep those that the GPU refuses, and throw whenever
 * one of them was needed again: they are forgotten, and compiled anew then.
 */
export async function settlePipelines(backend: GPUBackend): Promise<void> {
  const { pipelineCache } = internalsOf(backend)
  const settle = async ([key, pipeline]: [string, GPUComputePipeline | Promise<GPUComputePipeline>]) => {
    try {
      pipelineCache[key] = await pipeline
    } catch {
      Reflect.deleteProperty(pipelineCache, key)
    }
  }
  await Promise.all(Object.entries(pipelineCache).map(settle))
}

/** Runs `work` while the backend gets its buffers elsewhere. What it acquires there it must release there. */
export function withBuffers<Result>(backend: GPUBackend, source: BufferSource, work: () => Result): Result {
  const internals = internalsOf(backend)
  const pool = internals.bufferManager
  internals.bufferManager = source
  try {
    return work()
  } finally {
    internals.bufferManager = pool
  }
}

/** Frees the buffers that nothing lies in any more: by itself the backend keeps them as long as it lives. */
export function emptyPool(backend: GPUBackend): void {
  flush(backend)
  const pool = internalsOf(backend).bufferManager as Pool
  for (const free of pool.freeBuffers.values())
    for (const { size, usage } of [...free]) pool.releaseBuffer(pool.acquireBuffer(size, usage), false)
}

/**
 * The tensor lies in a buffer that somebody else owns, and may change without the tensor: the backend must neither put
 * the buffer into its pool nor keep a copy of values that it has read.
 */
export function lieIn(backend: GPUBackend, dataId: object, buffer: GPUBuffer): void {
  const data = backend.tensorMap.get(dataId)
  Object.assign(data, { resource: buffer, external: true })
  Object.defineProperty(data, 'values', { get: () => undefined, set: () => undefined })
}

/** Drops the copy of a tensor's values that tfjs keeps from an earlier read. */
export function forgetValues(backend: GPUBackend, dataId: object): void {
  const data: { values?: unknown } = backend.tensorMap.get(dataId)
  delete data.values
}
