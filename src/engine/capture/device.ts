import { partOf } from '../../ops/webgpu/views.ts'
import { Recorder, type Accesses } from './recorder.ts'

/** Progress of the pipelines that are being compiled. */
export type OnCompiled = (done: number, total: number) => void

/**
 * A device for tfjs between it and the GPU's own. It looks through views of buffers, compiles in parallel, and can note
 * what is asked of the GPU instead of doing it.
 */
export interface CapturingDevice {
  /** What tfjs and our kernels are given. */
  readonly device: GPUDevice
  /** The GPU's own. */
  readonly real: GPUDevice
  /** Notes what `work` asks of the GPU, which does none of it. `work` runs to its end at once. */
  readonly record: <Result>(work: (recorder: Recorder) => Result) => Result
  /** Resolves when every pipeline that is being compiled is done. @throws then, if the GPU refused one */
  readonly compiled: (onProgress: OnCompiled) => Promise<void>
}

export function capturingDevice(real: GPUDevice): CapturingDevice {
  const shaders = new Shaders()
  const compiling = new Compiling()
  let recorder: Recorder | undefined

  const queue = overridden(real.queue, {
    submit: (buffers: Iterable<GPUCommandBuffer>) => {
      if (recorder === undefined) real.queue.submit(buffers)
    },
    writeBuffer: (
      buffer: GPUBuffer,
      offset: number,
      data: ArrayBuffer | ArrayBufferView<ArrayBuffer>,
      ...part: number[]
    ) => {
      if (recorder !== undefined) {
        recorder.writeBuffer(buffer, offset, bytesOf(data, ...part))
        return
      }
      const target = partOf(buffer)
      real.queue.writeBuffer(target.buffer, target.offset + offset, data, ...part)
    },
  })

  const device = overridden(real, {
    queue,
    createBuffer: (descriptor: GPUBufferDescriptor) =>
      recorder?.createBuffer(descriptor) ?? real.createBuffer(descriptor),
    createBindGroup: (descriptor: GPUBindGroupDescriptor) =>
      recorder?.createBindGroup(descriptor) ?? real.createBindGroup(seenThrough(descriptor)),
    createCommandEncoder: () => recorder?.createEncoder() ?? copyingThrough(real.createCommandEncoder()),
    createShaderModule: (descriptor: GPUShaderModuleDescriptor) =>
      shaders.remember(real.createShaderModule(descriptor), descriptor),
    createComputePipeline: (descriptor: GPUComputePipelineDescriptor) =>
      shaders.use(real.createComputePipeline(descriptor), descriptor),
    createComputePipelineAsync: (descriptor: GPUComputePipelineDescriptor) =>
      compiling.add(
        real.createComputePipelineAsync(descriptor).then((pipeline) => shaders.use(pipeline, descriptor)),
      ),
  })

  return {
    device,
    real,
    record: (work) => {
      recorder = new Recorder((pipeline) => shaders.accessesOf(pipeline))
      try {
        return work(recorder)
      } finally {
        recorder = undefined
      }
    },
    compiled: (onProgress) => compiling.finish(onProgress),
  }
}

/** What each pipeline's shader says of its bindings. */
class Shaders {
  private readonly codes = new WeakMap<GPUShaderModule, string>()
  private readonly accesses = new WeakMap<GPUComputePipeline, Accesses>()

  remember(module: GPUShaderModule, { code }: GPUShaderModuleDescriptor): GPUShaderModule {
    this.codes.set(module, code)
    return module
  }

  use(pipeline: GPUComputePipeline, { compute }: GPUComputePipelineDescriptor): GPUComputePipeline {
    this.accesses.set(pipeline, accessesIn(this.codes.get(compute.module) ?? ''))
    return pipeline
  }

  accessesOf(pipeline: GPUComputePipeline): Accesses {
    const accesses = this.accesses.get(pipeline)
    if (accesses === undefined) throw new Error('A recorded step used a pipeline of another device.')
    return accesses
  }
}

/** From WGSL: `@binding(1) var<storage, read_write> …` */
export function accessesIn(code: string): Accesses {
  const declarations = code.matchAll(/@binding\((\d+)\)\s*var<\s*(storage|uniform)\s*(?:,\s*(\w+)\s*)?>/g)
  return new Map(
    [...declarations].map(([, binding, space, access]) => [
      Number(binding),
      space === 'uniform' ? 'uniform' : access === 'read_write' ? 'write' : 'read',
    ]),
  )
}

/** Pipelines that are being compiled. */
class Compiling {
  private readonly pending = new Set<Promise<unknown>>()

  add(pipeline: Promise<GPUComputePipeline>): Promise<GPUComputePipeline> {
    this.pending.add(pipeline)
    pipeline.catch(() => undefined) // `finish` says so
    return pipeline
  }

  async finish(onProgress: OnCompiled): Promise<void> {
    const all = [...this.pending]
    let done = 0
    onProgress(done, all.length)
    const results = await Promise.allSettled(
      all.map((pipeline) => pipeline.then(() => onProgress(++done, all.length))),
    )
    for (const pipeline of all) this.pending.delete(pipeline)
    const refused = results.find((result) => result.status === 'rejected')
    if (refused) throw refused.reason
  }
}

/** An object of the browser with some of its members replaced. Its methods refuse any other `this` than itself. */
function overridden<Target extends object>(
  target: Target,
  members: Partial<Record<keyof Target, unknown>>,
): Target {
  const own: Partial<Record<PropertyKey, unknown>> = members
  return new Proxy(target, {
    get(_, name) {
      if (name in own) return own[name]
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
    set: (_, name, value) => Reflect.set(target, name, value, target),
  })
}

/** The bytes that `writeBuffer` is asked to write; `part` is counted in elements, as there. */
function bytesOf(data: ArrayBuffer | ArrayBufferView<ArrayBuffer>, first = 0, count?: number): ArrayBuffer {
  if (data instanceof ArrayBuffer) return data.slice(first, count === undefined ? undefined : first + count)
  const width = 'BYTES_PER_ELEMENT' in data ? (data.BYTES_PER_ELEMENT as number) : 1
  const start = data.byteOffset + first * width
  const end = count === undefined ? data.byteOffset + data.byteLength : start + count * width
  return data.buffer.slice(start, end)
}

function seenThrough({ layout, entries }: GPUBindGroupDescriptor): GPUBindGroupDescriptor {
  return {
    layout,
    entries: [...entries].map(({ binding, resource }) => ({ binding, resource: realOf(resource) })),
  }
}

function realOf(resource: GPUBindingResource): GPUBindingResource {
  if (resource instanceof GPUBuffer) return rangeIn(resource, 0, resource.size)
  if (!('buffer' in resource)) return resource
  const { buffer, offset = 0, size = buffer.size - offset } = resource
  return rangeIn(buffer, offset, size)
}

function rangeIn(buffer: GPUBuffer, offset: number, size: number): GPUBufferBinding {
  const part = partOf(buffer)
  return { buffer: part.buffer, offset: part.offset + offset, size }
}

function copyingThrough(encoder: GPUCommandEncoder): GPUCommandEncoder {
  return overridden(encoder, {
    copyBufferToBuffer: (
      from: GPUBuffer,
      fromOffset: number,
      to: GPUBuffer,
      toOffset: number,
      size: number,
    ) => {
      const source = partOf(from)
      const target = partOf(to)
      encoder.copyBufferToBuffer(
        source.buffer,
        source.offset + fromOffset,
        target.buffer,
        target.offset + toOffset,
        size,
      )
    },
  })
}
