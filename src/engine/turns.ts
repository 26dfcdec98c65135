import * as tf from '@tensorflow/tfjs-core'
import type { BackendName } from './reports.ts'

/** Does some work when it is its turn. */
export type TakeTurn = <Result>(work: () => Promise<Result>) => Promise<Result>

/**
 * Lets runs share one device: work is done one piece after another, in the order in which it was asked for. Runs that
 * train at the same time ask again after each step, and so get equal turns.
 */
export class Turns {
  private last: Promise<unknown> = Promise.resolve()

  readonly take: TakeTurn = (work) => {
    const turn = this.last.then(work)
    this.last = turn.catch(() => undefined)
    return turn
  }

  /** Turns in which tensors are computed with a backend that has been started, whatever the turn before used. */
  on(backend: BackendName): TakeTurn {
    return (work) =>
      this.take(async () => {
        if (tf.getBackend() !== backend) await tf.setBackend(backend)
        return work()
      })
  }
}
