import { probingFor } from '../config/probing.ts'
import type { Examiner } from './examiner.ts'
import type { Keeping } from './keeping.ts'
import type { Estimate, HaltedEvent, MetricsEvent } from './reports.ts'
import type { Run } from './run.ts'
import { MetricsReader } from './metricsReader.ts'
import type { OnPrepared } from './stepper.ts'
import type { Lease } from './turns.ts'

export interface CompanionOptions {
  readonly run: Run
  readonly report: (report: CompanionReport) => void
  readonly examiner: Examiner
  readonly keeping?: Keeping | undefined
  readonly device: Lease
  /** Told when it makes no more steps. */
  readonly onDisposed?: () => void
}

/** What a companion says of its steps; after one that was no number it stays as it is. */
export type CompanionReport = MetricsEvent | HaltedEvent

/**
 * A run that makes each step right after another run, its leader: with the same seed on the same samples it gets the same
 * batches, so that what differs between the two comes of their settings. Its leader's trainer has it do all that it does.
 */
export class Companion {
  private readonly options: CompanionOptions
  private readonly metrics: MetricsReader

  constructor(options: CompanionOptions) {
    this.options = options
    this.metrics = new MetricsReader(options)
  }

  async prepare(onProgress: OnPrepared, signal?: AbortSignal): Promise<void> {
    await this.options.run.prepare(onProgress, signal)
  }

  /** What it takes together with its leader. */
  async estimateWith(leader: Estimate): Promise<Estimate> {
    const own = await this.options.run.estimate()
    const isKnown = leader.gpuBytes !== null && own.gpuBytes !== null
    return {
      stepMs: leader.stepMs + own.stepMs,
      gpuBytes: isKnown ? leader.gpuBytes + own.gpuBytes : null,
    }
  }

  /** One step, unless it has made all of its own or come to one that is no number. Resolves when the device is done. */
  async step(): Promise<void> {
    const { run } = this.options
    if (run.isFinished || !this.metrics.goesOn) return
    await this.metrics.step(true)
    if (run.metrics.isAlmostFull) await this.tell()
  }

  /** Reports the steps since the last time, and once that it goes on no more. */
  async tell(): Promise<void> {
    const { goesOn } = this.metrics
    await this.metrics.finish()
    if (goesOn) this.metrics.sayHalted()
  }

  /** Keeps it as it is now, once all of its steps are reported. */
  async keep(): Promise<void> {
    await this.tell()
    await this.options.keeping?.keep()
  }

  /** Measures what it has learnt, however long that takes. */
  async examine(atRest: boolean, goesOn: () => boolean): Promise<void> {
    const { examiner } = this.options
    examiner.ask()
    await examiner.examine(atRest, goesOn)
  }

  /** The classes of the samples are others than they were. */
  reclassify(): void {
    this.options.examiner.reclassify()
  }

  /** It is looked at as its leader is. */
  followProbing(config: Run['config']): void {
    const { run, examiner } = this.options
    run.apply({ ...run.config, ...probingFor(run.config, config) })
    examiner.followSettings()
  }

  async dispose(): Promise<void> {
    const { examiner, run, keeping, onDisposed } = this.options
    examiner.close()
    run.dispose()
    await keeping?.close()
    onDisposed?.()
  }
}
