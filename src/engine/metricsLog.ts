import type { Turned } from '../config/turned.ts'
import type { StepSettings } from '../data2vec/schedule.ts'
import type { MetricRow } from './reports.ts'
import { CAPACITY, type Stepper } from './stepper.ts'

type Facts = Pick<MetricRow, 'step' | 'tau' | 'lr' | 'turned'>

/** What is known of the steps since the last read, to which the device adds what it measured. */
export class MetricsLog {
  private pending: Facts[] = []
  private readonly stepper: Pick<Stepper, 'read'>

  constructor(stepper: Pick<Stepper, 'read'>) {
    this.stepper = stepper
  }

  get isEmpty(): boolean {
    return this.pending.length === 0
  }

  /** Only one more step fits before a read. */
  get isAlmostFull(): boolean {
    return this.pending.length >= CAPACITY - 1
  }

  /** Notes the step that completed number `step`. */
  push(step: number, { tau, lr }: StepSettings, turned: readonly Turned[] = []): void {
    this.pending.push({ step, tau, lr, ...(turned.length > 0 && { turned }) })
  }

  /** The metrics of every step so far since the last read, which took `elapsed` milliseconds together. */
  async read(elapsed: number | Promise<number>): Promise<MetricRow[]> {
    const { pending } = this
    this.pending = []
    const [measured, ms] = await Promise.all([this.stepper.read(), elapsed])
    const step_ms = ms / pending.length
    return pending.map((facts, i) => ({ ...facts, ...measured[i], step_ms }))
  }
}
