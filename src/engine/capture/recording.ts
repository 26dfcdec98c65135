/** A step as the WebGPU calls that it makes: what is captured, improved and replayed. */

/** Some bytes of a buffer, which may be a stand-in that has no memory yet. */
export interface Range {
  readonly buffer: GPUBuffer
  /** Bytes. */
  readonly offset: number
  readonly size: number
}

export interface Binding extends Range {
  readonly binding: number
  /** What the shader may do with it. */
  readonly access: 'read' | 'write' | 'uniform'
}

/** One dispatch. A binding that is written may be read, too. */
export interface DispatchCommand {
  readonly kind: 'dispatch'
  readonly pipeline: GPUComputePipeline
  readonly bindings: readonly Binding[]
  readonly workgroups: readonly [x: number, y: number, z: number]
}

export interface CopyCommand {
  readonly kind: 'copy'
  readonly from: Range
  readonly to: Range
}

export type Command = DispatchCommand | CopyCommand

/** What one run of a function asked of the GPU. */
export interface Recording {
  readonly commands: readonly Command[]
  /** What was uploaded on the way: buffers that are never written again, with their bytes. */
  readonly constants: ReadonlyMap<GPUBuffer, ArrayBuffer>
  /** Stand-ins for buffers that the function asked for. All others were there before. */
  readonly temporaries: ReadonlySet<GPUBuffer>
}

export function rangesRead(command: Command): readonly Range[] {
  // What a shader may write it may have read before.
  return command.kind === 'copy' ? [command.from] : command.bindings
}

export function rangesWritten(command: Command): readonly Range[] {
  return command.kind === 'copy' ? [command.to] : command.bindings.filter(({ access }) => access === 'write')
}
