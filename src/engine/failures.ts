import { messageOf } from '../messageOf.ts'
import type { Lease } from './turns.ts'

/** What a run that cannot go on says to the person. */
export function sentenceOf(error: unknown): string {
  const message = messageOf(error)
  const stop = /[.!?]$/.test(message) ? '' : '.'
  return `Training stopped: ${message}${stop} Press Reset to start anew.`
}

/** A GPU refuses work in silence and leaves zeros behind, which would look like a perfect loss. */
export function throwIfRefused(device: Lease): void {
  const refusal = device.refusal()
  if (refusal === undefined) return
  throw new Error(
    `The GPU refused the work (${refusal}). If it lacks memory, lower the batch size, the width or the number of tokens, or train fewer modalities at a time.`,
  )
}
