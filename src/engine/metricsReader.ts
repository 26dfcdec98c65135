import type { Turned } from '../config/turned.ts'
import { throwIfRefused } from './failures.ts'
import type { HaltedEvent, MetricRow, MetricsEvent } from './reports.ts'
import type { Run } from './run.ts'
import { StepClock } from './stepClock.ts'
import type { Lease } from './turns.ts'

const MS_BETWEEN = 100

export interface MetricsReaderOptions {
  readonly run: Run
  readonly report: (report: MetricsEvent | HaltedEvent) => void
  readonly device: Lease
}

/** Times the steps of a run, reads what they have measured, and reports it: every step once, in order, but for those left out. */
export class MetricsReader {
  /** The first step since training began whose numbers were not finite; it has changed nothing. */
  halting: MetricRow | undefined
  private readonly options: MetricsReaderOptions
  private readonly clock = new StepClock()
  private readAt = 0
  /** The latest read that goes on beside the steps. */
  private reading: Promise<void> = Promise.resolve()
  private failed = false
  /** What was turned since the latest step that was reported. */
  private untold: readonly Turned[] = []

  constructor(options: MetricsReaderOptions) {
    this.options = options
  }

  /** Training begins, or goes on: what has halted it, or failed, is over. */
  begin(): void {
    this.readAt = performance.now()
    this.failed = false
    this.halting = undefined
  }

  /**
   * Has the run make one step.
   * @param diagnose also measure what tells a healthy run from a collapsed one
   * @returns resolves when the device is done with it
   */
  step(diagnose: boolean): Promise<void> {
    const { run } = this.options
    const begun = performance.now()
    run.advance(diagnose)
    const done = run.idle()
    this.clock.add(begun, done)
    return done
  }

  get isDue(): boolean {
    return this.options.run.metrics.isAlmostFull || performance.now() - this.readAt >= MS_BETWEEN
  }

  /** Whether more steps may be made: reading has not failed, and all numbers so far were finite. */
  get goesOn(): boolean {
    return !this.failed && this.halting === undefined
  }

  /** Reads on while the next steps are made; waits only for the read before. */
  async start(): Promise<void> {
    await this.reading
    this.reading = this.read()
    this.reading.catch(() => (this.failed = true))
  }

  /** Resolves when every step so far is reported. */
  async finish(): Promise<void> {
    await this.reading
    if (!this.options.run.metrics.isEmpty) await this.read()
  }

  /** Says which step has halted training, if one has. */
  sayHalted(): void {
    if (this.halting === undefined) return
    const { step, loss, grad_norm } = this.halting
    this.options.report({ type: 'halted', step, loss, grad_norm })
  }

  /** Reports every step since the last time that has changed something. */
  private async read(): Promise<void> {
    const { run, report, device } = this.options
    this.readAt = performance.now()
    const rows = await run.metrics.read(this.clock.take())
    throwIfRefused(device)
    const good = rows.flatMap((row) => this.reported(row))
    if (good.length > 0) report({ type: 'metrics', rows: good })
    this.halting ??= rows.find((row) => !isSound(row))
  }

  /** What was turned before a step that changed nothing is told with the next that did. */
  private reported(row: MetricRow): MetricRow[] {
    const turned = [...this.untold, ...(row.turned ?? [])]
    const isTold = isSound(row)
    this.untold = isTold ? [] : turned
    if (!isTold) return []
    return [turned.length === 0 ? row : { ...row, turned }]
  }
}

/** Whether a step has found numbers that can be learnt from; the others are not applied (`adamwEma`). */
function isSound({ loss, grad_norm }: MetricRow): boolean {
  return Number.isFinite(loss) && Number.isFinite(grad_norm)
}
