import * as tf from '@tensorflow/tfjs-core'
import { deviceRefusals } from './backend.ts'
import type { BackendName } from './reports.ts'
import { finishWebGPU } from './webgpu.ts'

/** Does some work when it is its turn. */
export type TakeTurn = <Result>(work: () => Promise<Result>) => Promise<Result>

/** A run's share of a device. */
export interface Lease {
  readonly take: TakeTurn
  /** What the device has refused to compute in this run's turns, in its own words, if anything. */
  readonly refusal: () => string | undefined
}

/** The device belongs to one run alone. */
export function sole(): Lease {
  const before = deviceRefusals().length
  return { take: (work) => work(), refusal: () => deviceRefusals().at(before) }
}

/**
 * Lets runs share one device: work is done one piece after another, in the order in which it was asked for. Runs that
 * train at the same time ask again after each step, and so get equal turns.
 */
export class Turns {
  private last: Promise<unknown> = Promise.resolve()
  private holder: object | undefined
  /** The first refusal of each run's work. */
  private readonly refused = new WeakMap<object, string>()
  /** Refusals of which it is known whose work they were. */
  private charged = 0

  readonly take: TakeTurn = (work) => {
    const turn = this.last.then(work)
    this.last = turn.catch(() => undefined)
    return turn
  }

  /** A share for one run, whose tensors are computed with a backend that has been started. */
  lease(backend: BackendName): Lease {
    const holder = {}
    return {
      take: (work) =>
        this.take(async () => {
          await this.handOver(holder)
          if (tf.getBackend() !== backend) await tf.setBackend(backend)
          return work()
        }),
      refusal: () => {
        this.charge()
        return this.refused.get(holder)
      },
    }
  }

  /** A device says what it refuses, but not whose work it was: so each run's work is done before the next begins. */
  private async handOver(holder: object): Promise<void> {
    if (this.holder === holder) return
    await finishWebGPU()
    this.charge()
    this.holder = holder
  }

  private charge(): void {
    const refusals = deviceRefusals()
    if (this.holder !== undefined && refusals.length > this.charged && !this.refused.has(this.holder))
      this.refused.set(this.holder, refusals[this.charged])
    this.charged = refusals.length
  }
}
