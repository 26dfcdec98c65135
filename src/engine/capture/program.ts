import { ALIGNMENT, partOf } from '../../ops/webgpu/views.ts'
import { placeTemporaries } from './arena.ts'
import { withoutDeadCode } from './deadCode.ts'
import { withoutCopies, type Aliases } from './elision.ts'
import { Parts } from './parts.ts'
import type { Command, DispatchCommand, Range, Recording } from './recording.ts'
import { PassTimes, type TimedDispatch } from './timing.ts'

/** A command on buffers that have memory. */
type Instruction =
  | { readonly kind: 'copy'; readonly from: Range; readonly to: Range }
  | {
      readonly kind: 'dispatch'
      readonly pipeline: GPUComputePipeline
      readonly group: GPUBindGroup
      readonly workgroups: DispatchCommand['workgroups']
    }

/** Adds commands behind the replayed ones. */
export type Append = (encoder: GPUCommandEncoder, output: Range) => void

/**
 * A recorded step that can be replayed. Its memory is its own: an arena of temporaries, and the constants of the
 * record, which are written once. Buffers that were there before the recording are read and written where they are.
 */
export class Program {
  /** Bytes of memory of its own. */
  readonly bytes: number
  private readonly device: GPUDevice
  private readonly instructions: readonly Instruction[]
  private readonly owned: readonly GPUBuffer[]
  private readonly output: Range
  private readonly parts: Parts

  /**
   * @param device the GPU's own
   * @param output a temporary of the recording that can be read after each replay
   */
  constructor(device: GPUDevice, recording: Recording, output: GPUBuffer) {
    this.device = device
    const commands = withoutDeadCode(recording, [output])
    const elided = withoutCopies({ ...recording, commands })
    const memory = new Memory(device, recording, elided.commands, elided.aliases, output)
    this.owned = memory.owned
    this.bytes = memory.owned.reduce((sum, { size }) => sum + size, 0)
    this.output = memory.locate({ buffer: output, offset: 0, size: output.size })
    this.instructions = elided.commands.map((command) => instruct(device, command, memory))
    this.parts = new Parts(this.instructions.length)
  }

  /** Dispatches of one replay. */
  get dispatches(): number {
    return this.instructions.filter(({ kind }) => kind === 'dispatch').length
  }

  /** Submits of one replay. */
  get submits(): number {
    return this.parts.ends.length
  }

  /** What is dispatched, in order. */
  get labels(): readonly string[] {
    return this.instructions.flatMap((it) => (it.kind === 'dispatch' ? [it.pipeline.label] : []))
  }

  /** Submits the step once more, in one piece unless that would take too long for the GPU's driver. */
  replay(append: Append): void {
    const { queue } = this.device
    let begin = 0
    this.parts.begin(queue)
    for (const end of this.parts.ends) {
      const encoder = this.device.createCommandEncoder()
      encode(encoder, this.instructions, begin, end)
      if (end === this.instructions.length) append(encoder, this.output)
      queue.submit([encoder.finish()])
      this.parts.submitted(queue)
      begin = end
    }
  }

  /**
   * Runs the step once more, each dispatch in a pass of its own, and tells what each of them took.
   * @returns undefined if the GPU cannot tell
   */
  async profile(): Promise<TimedDispatch[] | undefined> {
    if (!this.device.features.has('timestamp-query')) return undefined
    const { labels } = this
    const times = new PassTimes(this.device, labels.length)
    try {
      this.submitTimed(times)
      const spent = await times.read()
      return labels.map((label, i) => ({ label, ms: spent[i] }))
    } finally {
      times.dispose()
    }
  }

  dispose(): void {
    for (const buffer of this.owned) buffer.destroy()
  }

  private submitTimed(times: PassTimes): void {
    let begin = 0
    let pass = 0
    for (const end of this.parts.ends) {
      const encoder = this.device.createCommandEncoder()
      for (let i = begin; i < end; i++) {
        const isTimed = this.instructions[i].kind === 'dispatch'
        encode(encoder, this.instructions, i, i + 1, isTimed ? times.writes(pass++) : undefined)
      }
      if (end === this.instructions.length) times.resolve(encoder)
      this.device.queue.submit([encoder.finish()])
      begin = end
    }
  }
}

function encode(
  encoder: GPUCommandEncoder,
  instructions: readonly Instruction[],
  begin: number,
  end: number,
  timestampWrites?: GPUComputePassTimestampWrites,
): void {
  let pass: GPUComputePassEncoder | undefined
  for (let i = begin; i < end; i++) {
    const instruction = instructions[i]
    if (instruction.kind === 'copy') {
      pass?.end()
      pass = undefined
      const { from, to } = instruction
      encoder.copyBufferToBuffer(from.buffer, from.offset, to.buffer, to.offset, from.size)
    } else {
      pass ??= encoder.beginComputePass(timestampWrites && { timestampWrites })
      pass.setPipeline(instruction.pipeline)
      pass.setBindGroup(0, instruction.group)
      pass.dispatchWorkgroups(...instruction.workgroups)
    }
  }
  pass?.end()
}

function instruct(device: GPUDevice, command: Command, memory: Memory): Instruction {
  if (command.kind === 'copy')
    return { kind: 'copy', from: memory.locate(command.from), to: memory.locate(command.to) }
  const { pipeline, bindings, workgroups } = command
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: bindings.map((binding) => ({ binding: binding.binding, resource: memory.locate(binding) })),
  })
  return { kind: 'dispatch', pipeline, group, workgroups }
}

/** Gives a recording's stand-ins memory. */
class Memory {
  readonly owned: readonly GPUBuffer[]
  private readonly places = new Map<GPUBuffer, Pick<Range, 'buffer' | 'offset'>>()
  private readonly aliases: Aliases

  constructor(
    device: GPUDevice,
    { temporaries, constants }: Recording,
    commands: readonly Command[],
    aliases: Aliases,
    output: GPUBuffer,
  ) {
    this.aliases = aliases
    const isPlaced = (buffer: GPUBuffer) => temporaries.has(buffer) && !constants.has(buffer)
    const arena = placeTemporaries(commands, aliases, isPlaced, [output])
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST
    const slots = arena.slots.map((size) => device.createBuffer({ size, usage, label: 'arena' }))
    for (const [buffer, slot] of arena.slotOf) this.places.set(buffer, { buffer: slots[slot], offset: 0 })
    this.owned = [...slots, this.writeConstants(device, constants)]
  }

  /** Where a range of the recording really lies. */
  locate({ buffer, offset, size }: Range): Range {
    const alias = this.aliases.get(buffer)
    if (alias) return this.locate({ buffer: alias.buffer, offset: alias.offset + offset, size })
    const place = this.places.get(buffer) ?? partOf(buffer)
    return { buffer: place.buffer, offset: place.offset + offset, size }
  }

  /** All constants and uniforms in one buffer, which is only read. */
  private writeConstants(device: GPUDevice, constants: ReadonlyMap<GPUBuffer, ArrayBuffer>): GPUBuffer {
    let size = 0
    const offsets = [...constants.values()].map(({ byteLength }) => {
      const offset = size
      size += Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT
      return offset
    })
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_SRC
    const buffer = device.createBuffer({
      size: Math.max(size, ALIGNMENT),
      usage,
      mappedAtCreation: true,
      label: 'constants',
    })
    const bytes = new Uint8Array(buffer.getMappedRange())
    ;[...constants].forEach(([constant, values], i) => {
      bytes.set(new Uint8Array(values), offsets[i])
      this.places.set(constant, { buffer, offset: offsets[i] })
    })
    buffer.unmap()
    return buffer
  }
}
