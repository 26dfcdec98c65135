import { messageOf } from '../messageOf.ts'
import type { Lease } from './turns.ts'
import type { MetricRow } from './reports.ts'

/** The loss or its gradient is no longer a number. */
export class BlownUp extends Error {
  constructor({ step, loss, grad_norm }: MetricRow) {
    const what = Number.isFinite(loss) ? `gradient is ${grad_norm}` : `loss is ${loss}`
    super(
      `Training blew up: at step ${step} the ${what}. Lower the learning rate or the gradient clip, then press Reset.`,
    )
  }
}

/** What a run that cannot go on says to the person. */
export function sentenceOf(error: unknown): string {
  if (error instanceof BlownUp) return error.message
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
