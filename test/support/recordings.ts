import type { Binding, Command, Recording } from '../../src/engine/capture/recording.ts'

/** Something that has a name and a size, which is all that placing a buffer asks of it. */
export function bufferNamed(label: string, size = 256): GPUBuffer {
  return { label, size } as GPUBuffer
}

const binding = (access: Binding['access']) => (buffer: GPUBuffer, i: number) =>
  ({ binding: i, buffer, offset: 0, size: buffer.size, access }) as const

/** A dispatch that reads some buffers and writes others; its pipeline is called `label`. */
export function dispatchOf(label: string, reads: GPUBuffer[], writes: GPUBuffer[]): Command {
  return {
    kind: 'dispatch',
    pipeline: { label } as GPUComputePipeline,
    bindings: [...reads.map(binding('read')), ...writes.map(binding('write'))],
    workgroups: [1, 1, 1],
  }
}

/** A copy of all of a buffer. */
export function copyOf(from: GPUBuffer, to: GPUBuffer, offset = 0): Command {
  const { size } = from
  return { kind: 'copy', from: { buffer: from, offset: 0, size }, to: { buffer: to, offset, size } }
}

export function recordingOf(
  commands: Command[],
  temporaries: GPUBuffer[],
  constants: GPUBuffer[] = [],
): Recording {
  return {
    commands,
    temporaries: new Set([...temporaries, ...constants]),
    constants: new Map(constants.map((constant) => [constant, new ArrayBuffer(constant.size)])),
  }
}

/** What was dispatched or copied, in order. */
export function namesOf(commands: readonly Command[]): string[] {
  return commands.map((command) => (command.kind === 'copy' ? 'copy' : command.pipeline.label))
}
