import { ALIGNMENT } from '../../ops/webgpu/views.ts'
import type { Command, CopyCommand, DispatchCommand, Range, Recording } from './recording.ts'

/** A buffer is a part of another. */
export type Aliases = ReadonlyMap<GPUBuffer, Range>

export interface Elided {
  readonly commands: readonly Command[]
  readonly aliases: Aliases
}

/**
 * Drops the copies that only gather temporaries in a larger one, such as gradients in one buffer: instead each is
 * computed where it would have been copied to.
 */
export function withoutCopies(recording: Recording): Elided {
  const aliases = new Map<GPUBuffer, Range>()
  const uses = usesOf(recording.commands)
  const commands = recording.commands.filter((command, at) => {
    if (command.kind === 'dispatch' || !isElidable(command, at, recording, uses, aliases)) return true
    aliases.set(command.from.buffer, command.to)
    return false
  })
  return { commands, aliases }
}

interface Use {
  readonly at: number
  readonly command: Command
  readonly writes: boolean
}

type Uses = ReadonlyMap<GPUBuffer, readonly Use[]>

function isElidable(
  { from, to }: CopyCommand,
  at: number,
  { temporaries, constants }: Recording,
  uses: Uses,
  aliases: Aliases,
): boolean {
  const isTemporary = (buffer: GPUBuffer) => temporaries.has(buffer) && !constants.has(buffer)
  const isWhole = from.offset === 0 && from.size >= from.buffer.size && to.offset % ALIGNMENT === 0
  if (!isWhole || !isTemporary(from.buffer) || !isTemporary(to.buffer)) return false
  if (isAlias(from.buffer, aliases) || aliases.has(to.buffer)) return false
  const ofSource = uses.get(from.buffer) ?? []
  const ofTarget = uses.get(to.buffer) ?? []
  const lastUse = ofSource.reduce((last, use) => Math.max(last, use.at), at)
  return (
    ofSource.every((use) => !use.writes || use.at < at) &&
    // Before the copy, and while the source is still read, the target is only gathered.
    ofTarget.every((use) => use.at === at || use.at > lastUse || isCopyElsewhere(use.command, to)) &&
    ofSource.every((use) => use.at === at || staysLegal(use.command, from.buffer, to.buffer, aliases))
  )
}

/** Whether a buffer is a part of another, or another is a part of it. */
function isAlias(buffer: GPUBuffer, aliases: Aliases): boolean {
  return aliases.has(buffer) || [...aliases.values()].some((whole) => whole.buffer === buffer)
}

/** A copy into the same buffer that leaves `range` alone. */
function isCopyElsewhere(command: Command, range: Range): boolean {
  if (command.kind !== 'copy' || command.to.buffer !== range.buffer) return false
  const { offset, size } = command.to
  return offset + size <= range.offset || range.offset + range.size <= offset
}

/** WebGPU lets a dispatch either read or write a buffer, whichever parts of it, and a copy only do one of both. */
function staysLegal(command: Command, source: GPUBuffer, target: GPUBuffer, aliases: Aliases): boolean {
  if (command.kind === 'copy') return command.to.buffer !== source && command.to.buffer !== target
  const accesses = (buffer: GPUBuffer) => accessesOf(command, (other) => other === buffer)
  const present = accessesOf(command, (other) => other === target || aliases.get(other)?.buffer === target)
  return accesses(source).every((mine) => present.every((other) => mine === other))
}

function accessesOf({ bindings }: DispatchCommand, isMeant: (buffer: GPUBuffer) => boolean) {
  return bindings.filter(({ buffer }) => isMeant(buffer)).map(({ access }) => access)
}

function usesOf(commands: readonly Command[]): Uses {
  const uses = new Map<GPUBuffer, Use[]>()
  const note = ({ buffer }: Range, use: Use) => {
    const known = uses.get(buffer) ?? []
    known.push(use)
    uses.set(buffer, known)
  }
  commands.forEach((command, at) => {
    if (command.kind === 'copy') {
      note(command.from, { at, command, writes: false })
      note(command.to, { at, command, writes: true })
    } else
      for (const binding of command.bindings)
        note(binding, { at, command, writes: binding.access === 'write' })
  })
  return uses
}
