import { FIELDS, type Config } from '../config/schema.ts'
import { messageOf } from '../messageOf.ts'
import type { FailureEvent } from './reports.ts'
import type { Lease } from './turns.ts'

/** A run is more than its device can do, says a sentence: another with smaller settings may not be. */
export class TooMuch extends Error {}

/** What a run that cannot go on says to the person. */
export function failureOf(error: unknown, config: Config): FailureEvent {
  const message = messageOf(error)
  if (error instanceof TooMuch) return { type: 'failure', message, instead: smaller(config) }
  const stop = /[.!?]$/.test(message) ? '' : '.'
  return { type: 'failure', message: `Training stopped: ${message}${stop} Press Reset to start anew.` }
}

/** What a step takes besides its weights grows with the batch. */
function smaller({ batchSize }: Config): Partial<Config> | undefined {
  const half = Math.floor(batchSize / 2)
  return half < FIELDS.batchSize.min ? undefined : { batchSize: half }
}

/** A GPU refuses work in silence and leaves zeros behind, which would look like a perfect loss. */
export function throwIfRefused(device: Lease): void {
  const refusal = device.refusal()
  if (refusal === undefined) return
  throw new TooMuch(`The GPU refused the work: ${refusal}. If it lacks memory, ${LESS}`)
}

/** The GPU has no room for so many bytes. */
export function lacksMemory(bytes: number): TooMuch {
  return new TooMuch(
    `A step of these settings needs ${megabytes(bytes)} of memory, and the GPU has less to give: ${LESS}`,
  )
}

const LESS = 'lower the batch size, the width or the number of tokens, or train fewer modalities at a time.'

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MiB`
}
