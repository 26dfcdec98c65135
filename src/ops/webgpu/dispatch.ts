import { env, type TensorInfo } from '@tensorflow/tfjs-core'
import { encoderOf, forgetValues, type GPUBackend } from './tfjs.ts'

/** A buffer, or the part of one that starts `offset` bytes in. */
type Binding = GPUBuffer | { readonly buffer: GPUBuffer; readonly offset: number; readonly size: number }

/** The most workgroups that every device can count along one axis. */
const MAX_WORKGROUPS = 65535

/** The most buffers that every device can give a shader. */
const MOST_BUFFERS = 8

/**
 * Records one dispatch of `workgroups` workgroups, in x and, where they are too many, in y; there may be a few more
 * than asked for. Bindings are numbered from 0. Nothing happens while pipelines are only being compiled.
 */
export function dispatch(
  backend: GPUBackend,
  pipeline: GPUComputePipeline | undefined,
  bindings: readonly Binding[],
  workgroups: number,
): void {
  if (pipeline === undefined) return
  if (bindings.length > MOST_BUFFERS)
    throw new Error(`“${pipeline.label}” uses ${bindings.length} buffers, and not every GPU has so many.`)
  const bindGroup = backend.device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: bindings.map((binding, i) => ({
      binding: i,
      resource: 'buffer' in binding ? binding : { buffer: binding },
    })),
  })
  const pass = encoderOf(backend).beginComputePass()
  pass.setPipeline(pipeline)
  pass.setBindGroup(0, bindGroup)
  pass.dispatchWorkgroups(...inTwoAxes(workgroups))
  pass.end()
}

/** So many workgroups, or a few more, as a device can count them. */
export function inTwoAxes(workgroups: number): [across: number, down: number] {
  const down = Math.ceil(workgroups / MAX_WORKGROUPS)
  return [Math.ceil(workgroups / down), down]
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
  forgetValues(backend, tensor.dataId)
  return buffer
}

type Pipelines = Map<string, GPUComputePipeline | 'compiling'>

const pipelines = new WeakMap<GPUDevice, Pipelines>()

/**
 * The pipeline of a shader, compiled once for each device. While tfjs only compiles
 * (`WEBGPU_ENGINE_COMPILE_ONLY`), ours are compiled beside its own, in parallel, and there is none yet.
 */
export function pipelineOf(
  { device }: GPUBackend,
  label: string,
  code: string,
): GPUComputePipeline | undefined {
  const known = pipelines.get(device) ?? (new Map() as Pipelines)
  pipelines.set(device, known)
  const found = known.get(code)
  if (env().getBool('WEBGPU_ENGINE_COMPILE_ONLY')) {
    if (found === undefined) compileMeanwhile(known, device, label, code)
    return undefined
  }
  if (found !== undefined && found !== 'compiling') return found
  const pipeline = device.createComputePipeline(descriptorOf(device, label, code))
  known.set(code, pipeline)
  return pipeline
}

function compileMeanwhile(known: Pipelines, device: GPUDevice, label: string, code: string): void {
  known.set(code, 'compiling')
  device.createComputePipelineAsync(descriptorOf(device, label, code)).then(
    (pipeline) => known.set(code, pipeline),
    () => known.delete(code), // compiled once more when it is needed, and refused then
  )
}

function descriptorOf(device: GPUDevice, label: string, code: string): GPUComputePipelineDescriptor {
  const module = device.createShaderModule({ label, code })
  return { label, layout: 'auto', compute: { module, entryPoint: 'main' } }
}
