import type { Aliases } from './elision.ts'
import { rangesRead, rangesWritten, type Command } from './recording.ts'

/** Where temporaries lie: those that are never needed at the same time share a slot. */
export interface Arena {
  /** Bytes of each slot. */
  readonly slots: readonly number[]
  readonly slotOf: ReadonlyMap<GPUBuffer, number>
}

/** From the first command that uses a buffer to the last. */
interface Lifetime {
  readonly buffer: GPUBuffer
  readonly first: number
  last: number
}

/**
 * Gives each temporary a slot: the largest first, each the first slot that is free all its life (greedy by size, as in
 * Pisarchyk & Lee 2020).
 * @param isPlaced whether a buffer needs a place here
 * @param kept buffers whose contents outlive the commands
 */
export function placeTemporaries(
  commands: readonly Command[],
  aliases: Aliases,
  isPlaced: (buffer: GPUBuffer) => boolean,
  kept: readonly GPUBuffer[],
): Arena {
  const lifetimes = lifetimesOf(commands, aliases, isPlaced, kept)
  const slots: { size: number; tenants: Lifetime[] }[] = []
  const slotOf = new Map<GPUBuffer, number>()
  for (const life of lifetimes.toSorted((a, b) => b.buffer.size - a.buffer.size)) {
    const free = slots.findIndex(({ tenants }) => tenants.every((other) => !overlap(life, other)))
    if (free < 0) slots.push({ size: life.buffer.size, tenants: [life] })
    else slots[free].tenants.push(life)
    slotOf.set(life.buffer, free < 0 ? slots.length - 1 : free)
  }
  return { slots: slots.map(({ size }) => size), slotOf }
}

function lifetimesOf(
  commands: readonly Command[],
  aliases: Aliases,
  isPlaced: (buffer: GPUBuffer) => boolean,
  kept: readonly GPUBuffer[],
): Lifetime[] {
  const lifetimes = new Map<GPUBuffer, Lifetime>()
  commands.forEach((command, at) => {
    for (const range of [...rangesRead(command), ...rangesWritten(command)]) {
      const buffer = aliases.get(range.buffer)?.buffer ?? range.buffer
      if (!isPlaced(buffer)) continue
      const known = lifetimes.get(buffer)
      if (known) known.last = at
      else lifetimes.set(buffer, { buffer, first: at, last: at })
    }
  })
  for (const buffer of kept) {
    const life = lifetimes.get(buffer)
    if (life) life.last = commands.length
  }
  return [...lifetimes.values()]
}

function overlap(a: Lifetime, b: Lifetime): boolean {
  return a.first <= b.last && b.first <= a.last
}
