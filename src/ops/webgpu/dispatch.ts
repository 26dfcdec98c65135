import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'

/**
 * Everything that our kernels need of tfjs's WebGPU backend 4.22 beyond its declared interface: the encoder that it
 * records into, so that our dispatches keep their place among its own.
 */
interface Recording {
  readonly commandEncoder: GPUCommandEncoder
}

/** What our kernels use of the backend. */
export type GPUBackend = Pick<
  WebGPUBackend,
  | 'device'
  | 'tensorMap'
  | 'uploadToGPU'
  | 'makeTensorInfo'
  | 'disposeData'
  | 'ensureCommandEncoderReady'
  | 'endComputePassEncoder'
>

/** A buffer, or the part of one that starts `offset` bytes in. */
type Binding = GPUBuffer | { readonly buffer: GPUBuffer; readonly offset: number; readonly size: number }

/** The most workgroups that every device can count along one axis. */
const MAX_WORKGROUPS = 65535

/**
 * Records one dispatch of `workgroups` workgroups, in x and, where they are too many, in y; there may be a few more
 * than asked for. Bindings are numbered from 0.
 */
export function dispatch(
  backend: GPUBackend,
  pipeline: GPUComputePipeline,
  bindings: readonly Binding[],
  workgroups: number,
): void {
  const bindGroup = backend.device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: bindings.map((binding, i) => ({
      binding: i,
      resource: 'buffer' in binding ? binding : { buffer: binding },
    })),
  })
  backend.ensureCommandEncoderReady()
  backend.endComputePassEncoder()
  const pass = (backend as unknown as Recording).commandEncoder.beginComputePass()
  pass.setPipeline(pipeline)
  pass.setBindGroup(0, bindGroup)
  const down = Math.ceil(workgroups / MAX_WORKGROUPS)
  pass.dispatchWorkgroups(Math.ceil(workgroups / down), down)
  pass.end()
}

/**
 * The GPU buffer of a tensor's float32 values, uploaded first if need be. tfjs casts integers to floats in name only
 * and keeps their bits, so the type of the buffer itself is checked.
 */
export function bufferOf(backend: GPUBackend, { dataId }: TensorInfo): GPUBuffer {
  backend.uploadToGPU(dataId)
  const { resource, dtype } = backend.tensorMap.get(dataId)
  if (dtype !== 'float32') throw new Error(`Our kernels read float32, and this tensor is stored as ${dtype}.`)
  if (!(resource instanceof GPUBuffer)) throw new Error('A tensor of textures cannot be used by our kernels.')
  return resource
}

/** As `bufferOf`, for a kernel that writes: a copy of the values that tfjs keeps from an earlier read is dropped. */
export function writableBufferOf(backend: GPUBackend, tensor: TensorInfo): GPUBuffer {
  const buffer = bufferOf(backend, tensor)
  const data: { values?: unknown } = backend.tensorMap.get(tensor.dataId)
  delete data.values
  return buffer
}

const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>()

/** The pipeline of a shader, compiled once for each device. */
export function pipelineOf({ device }: GPUBackend, label: string, code: string): GPUComputePipeline {
  const known = pipelines.get(device) ?? new Map<string, GPUComputePipeline>()
  pipelines.set(device, known)
  const pipeline =
    known.get(code) ??
    device.createComputePipeline({
      label,
      layout: 'auto',
      compute: { module: device.createShaderModule({ label, code }), entryPoint: 'main' },
    })
  known.set(code, pipeline)
  return pipeline
}
