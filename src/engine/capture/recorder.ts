import { standIn } from '../../ops/webgpu/views.ts'
import type { BufferSource } from '../../ops/webgpu/tfjs.ts'
import type { Binding, Command, Range, Recording } from './recording.ts'

/** A bind group that is made when the step is replayed. */
interface NotedBindGroup {
  readonly entries: readonly GPUBindGroupEntry[]
}

/** How a pipeline uses its bindings, by their numbers. */
export type Accesses = ReadonlyMap<number, Binding['access']>

/**
 * Takes the place of a device's encoder and buffers while a function runs, and notes what is asked of them. Nothing
 * reaches the GPU.
 */
export class Recorder {
  readonly commands: Command[] = []
  readonly temporaries = new Set<GPUBuffer>()
  readonly constants = new Map<GPUBuffer, ArrayBuffer>()
  private readonly held = new Set<GPUBuffer>()
  private readonly accessesOf: (pipeline: GPUComputePipeline) => Accesses

  constructor(accessesOf: (pipeline: GPUComputePipeline) => Accesses) {
    this.accessesOf = accessesOf
  }

  /** Never the same buffer twice: where temporaries really lie is decided when all of them are known. */
  readonly buffers: BufferSource = {
    acquireBuffer: (size, usage, mapped = false) =>
      this.createBuffer({ size, usage, mappedAtCreation: mapped }),
    releaseBuffer: (buffer) => this.held.delete(buffer),
  }

  createBuffer({ size, usage, mappedAtCreation = false }: GPUBufferDescriptor): GPUBuffer {
    const properties = {
      size,
      usage,
      mapState: mappedAtCreation ? 'mapped' : 'unmapped',
      getMappedRange: () => this.constantOf(buffer),
      unmap: () => undefined,
      destroy: () => this.held.delete(buffer),
    }
    const buffer = standIn(properties)
    this.temporaries.add(buffer)
    this.held.add(buffer)
    return buffer
  }

  createBindGroup({ entries }: GPUBindGroupDescriptor): GPUBindGroup {
    const noted: NotedBindGroup = { entries: [...entries] }
    return noted as unknown as GPUBindGroup
  }

  /** @throws if the step writes to a buffer that was there before: the replay would not write it again. */
  writeBuffer(buffer: GPUBuffer, offset: number, data: ArrayBuffer): void {
    if (!this.temporaries.has(buffer)) throw new Error('A recorded step may only upload constants.')
    new Uint8Array(this.constantOf(buffer)).set(new Uint8Array(data), offset)
  }

  createEncoder(): GPUCommandEncoder {
    const encoder: Pick<GPUCommandEncoder, 'beginComputePass' | 'finish'> & Copies = {
      beginComputePass: () => this.createPass(),
      copyBufferToBuffer: (from, fromOffset, to, toOffset, size) => {
        this.commands.push({
          kind: 'copy',
          from: { buffer: from, offset: fromOffset, size },
          to: { buffer: to, offset: toOffset, size },
        })
      },
      finish: () => ({}) as GPUCommandBuffer,
    }
    return encoder as GPUCommandEncoder
  }

  /**
   * What was recorded.
   * @throws if a buffer has not been given back: it would be without memory after the recording
   */
  finish(): Recording {
    if (this.held.size > 0) throw new Error(`A recorded step has kept ${this.held.size} buffers.`)
    return this
  }

  private createPass(): GPUComputePassEncoder {
    let pipeline: GPUComputePipeline
    let group: NotedBindGroup
    const pass = {
      setPipeline: (next: GPUComputePipeline) => {
        pipeline = next
      },
      setBindGroup: (_index: number, next: GPUBindGroup) => {
        group = next as unknown as NotedBindGroup
      },
      dispatchWorkgroups: (x: number, y = 1, z = 1) => {
        const bindings = bindingsOf(group, this.accessesOf(pipeline))
        this.commands.push({ kind: 'dispatch', pipeline, bindings, workgroups: [x, y, z] })
      },
      end: () => undefined,
    }
    return pass as unknown as GPUComputePassEncoder
  }

  private constantOf(buffer: GPUBuffer): ArrayBuffer {
    const bytes = this.constants.get(buffer) ?? new ArrayBuffer(Math.ceil(buffer.size / 4) * 4)
    this.constants.set(buffer, bytes)
    return bytes
  }
}

interface Copies {
  copyBufferToBuffer(from: GPUBuffer, fromOffset: number, to: GPUBuffer, toOffset: number, size: number): void
}

function bindingsOf({ entries }: NotedBindGroup, accesses: Accesses): Binding[] {
  return entries.map(({ binding, resource }) => {
    const access = accesses.get(binding)
    if (access === undefined)
      throw new Error(`A recorded step used a shader that does not say how it uses its binding ${binding}.`)
    return { binding, ...rangeOf(resource), access }
  })
}

function rangeOf(resource: GPUBindingResource): Range {
  if (resource instanceof GPUBuffer) return { buffer: resource, offset: 0, size: resource.size }
  if (!('buffer' in resource)) throw new Error('A recorded step may only bind buffers.')
  const { buffer, offset = 0, size = buffer.size - offset } = resource
  return { buffer, offset, size }
}
