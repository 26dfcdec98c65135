import { rangesRead, rangesWritten, type Command, type Recording } from './recording.ts'

/**
 * The commands without those of which nothing depends that outlives the step: the gradient in a step's input, say, or
 * what a teacher's last layers make of it when no target is taken there.
 * @param kept temporaries that outlive the step
 */
export function withoutDeadCode(
  { commands, temporaries }: Recording,
  kept: readonly GPUBuffer[],
): readonly Command[] {
  const needed = new Set(kept)
  const isNeeded = (buffer: GPUBuffer) => !temporaries.has(buffer) || needed.has(buffer)
  return commands
    .toReversed()
    .filter((command) => {
      if (!rangesWritten(command).some(({ buffer }) => isNeeded(buffer))) return false
      for (const { buffer } of rangesRead(command)) needed.add(buffer)
      return true
    })
    .reverse()
}
