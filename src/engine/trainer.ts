import { checkConfig } from '../config/check.ts'
import type { Config } from '../config/schema.ts'
import { deviceIdle, deviceRefusal } from './backend.ts'
import type { MetricRow, Phase, Report, View } from './reports.ts'
import type { Run } from './run.ts'
import { changesPicture, withHotSettings } from './settings.ts'
import { nextTurn } from './turn.ts'

const MS_BETWEEN_METRICS = 100
const MS_BETWEEN_SNAPSHOTS = 500

/** Steps below this may overlap: nobody notices that Pause waits for two of them. */
const QUICK_STEP_MS = 50

/** On a slow machine pictures come less often, so that training keeps at least this many times their time. */
const TRAINING_PER_PICTURE = 4

const INITIAL_VIEW: View = { sample: 'batch', mask: 0 }

/**
 * Drives one run: trains it step after step, pauses it, looks at it, and reports. Its owner calls one method at a time
 * and waits for it; only the loop that `train` starts goes on by itself, until `pause`, the last step or a failure.
 */
export class Trainer {
  private readonly report: (report: Report) => void
  private readonly run: Run
  private view: View
  private phase: Phase = 'paused'
  private loop: Promise<void> = Promise.resolve()
  private pausing = false
  private readAt = 0
  private snapshotDueAt = 0
  private isOutdated = false
  private readonly idle: typeof deviceIdle

  /** @param idle resolves when the device is done with what it has */
  constructor(run: Run, report: (report: Report) => void, view = INITIAL_VIEW, idle = deviceIdle) {
    this.idle = idle
    this.run = run
    this.report = report
    this.view = view
  }

  get isTraining(): boolean {
    return this.phase === 'training'
  }

  /** Shows a first picture, for which a GPU has to compile its programs, and then is ready. */
  async open(): Promise<void> {
    await this.guarded(async () => {
      await this.takeSnapshot()
      this.enter('paused')
    })
  }

  /** Starts the loop and returns at once. */
  train(): void {
    if (this.phase !== 'paused' && this.phase !== 'finished') return
    if (this.run.isFinished) {
      this.enter('finished')
      return
    }
    this.enter('training')
    this.pausing = false
    this.loop = this.trainUntilStopped()
  }

  /** Waits for the step that is being made, at most, and reports it. */
  async pause(): Promise<void> {
    this.pausing = true
    await this.loop
  }

  /** One step, then paused. */
  async step(): Promise<void> {
    await this.pause()
    if (this.phase === 'failed' || this.run.isFinished) return
    await this.guarded(async () => {
      this.readAt = performance.now()
      this.run.advance(true)
      await this.reportMetrics()
      this.enter(this.run.isFinished ? 'finished' : 'paused')
      await this.takeSnapshot()
    })
  }

  /**
   * Hot settings take effect at the next step. Settings that contradict each other are not taken over: the page says
   * so beside the field.
   */
  apply(next: Config): void {
    const before = this.run.config
    const after = withHotSettings(before, next)
    if (checkConfig(after).length > 0) return
    this.run.apply(after)
    const resting = this.run.isFinished ? 'finished' : 'paused'
    const rests = this.phase === 'paused' || this.phase === 'finished'
    if (rests && this.phase !== resting) this.enter(resting)
    if (changesPicture(before, after)) this.outdate()
  }

  /** Chooses what the picture shows. */
  look(view: View): void {
    this.view = view
    this.outdate()
  }

  /** A new picture, if settings or view have changed since the last. While training the loop takes it by itself. */
  async refresh(): Promise<void> {
    if (!this.isOutdated || this.isTraining || this.phase === 'failed') return
    await this.guarded(() => this.takeSnapshot())
  }

  /** Stops training and frees the run's tensors. */
  async dispose(): Promise<void> {
    await this.pause()
    this.run.dispose()
  }

  private async trainUntilStopped(): Promise<void> {
    await this.guarded(async () => {
      this.readAt = performance.now()
      let previous: Promise<void> = Promise.resolve()
      let isQuick = false
      while (!this.pausing && !this.run.isFinished) {
        const startedAt = performance.now()
        const reading = this.isReadDue()
        this.run.advance(reading)
        if (reading) {
          await this.reportMetrics()
          if (this.isSnapshotDue()) await this.takeSnapshot()
          previous = Promise.resolve()
        } else {
          // The CPU prepares a step while the GPU is busy with the one before, unless Pause would feel the two.
          const submitted = this.idle(this.run.metrics.latest)
          await (isQuick ? previous : submitted)
          previous = submitted
        }
        isQuick = performance.now() - startedAt < QUICK_STEP_MS
        await nextTurn()
      }
      await previous
      if (!this.run.metrics.isEmpty) await this.reportMetrics()
      this.enter(this.run.isFinished ? 'finished' : 'paused')
      await this.takeSnapshot()
    })
  }

  private isReadDue(): boolean {
    return this.run.metrics.isAlmostFull || performance.now() - this.readAt >= MS_BETWEEN_METRICS
  }

  private isSnapshotDue(): boolean {
    return performance.now() >= this.snapshotDueAt
  }

  /** Reports every step since the last time; throws if the loss is no longer a number. */
  private async reportMetrics(): Promise<void> {
    const rows = await this.run.metrics.read(() => performance.now() - this.readAt)
    throwIfRefused()
    this.readAt = performance.now()
    const bad = rows.findIndex(({ loss, grad_norm }) => !Number.isFinite(loss) || !Number.isFinite(grad_norm))
    const good = bad < 0 ? rows : rows.slice(0, bad)
    if (good.length > 0) this.report({ type: 'metrics', rows: good })
    if (bad >= 0) throw new BlownUp(rows[bad])
  }

  private async takeSnapshot(): Promise<void> {
    const begun = performance.now()
    this.isOutdated = false
    const picture = await this.run.look(this.view)
    throwIfRefused()
    this.report(picture)
    const now = performance.now()
    this.snapshotDueAt = now + Math.max(MS_BETWEEN_SNAPSHOTS, TRAINING_PER_PICTURE * (now - begun))
    this.readAt = now // a picture's time is no step's time
  }

  /** The picture no longer shows what is: the next one is due at once. */
  private outdate(): void {
    this.isOutdated = true
    this.snapshotDueAt = 0
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.enter('failed')
      this.report({ type: 'failure', scope: 'run', message: sentence(error) })
    }
  }

  private enter(phase: Phase): void {
    this.phase = phase
    const { step, weights, samples } = this.run
    this.report({ type: 'state', phase, step, weights, samples })
  }
}

/** A GPU refuses work in silence and leaves zeros behind, which would look like a perfect loss. */
function throwIfRefused(): void {
  const refusal = deviceRefusal()
  if (refusal === undefined) return
  throw new Error(
    `The GPU refused the work (${refusal}). If it lacks memory, lower the batch size, the width or the number of patches.`,
  )
}

/** The loss or its gradient is no longer a number. */
class BlownUp extends Error {
  constructor({ step, loss, grad_norm }: MetricRow) {
    const what = Number.isFinite(loss) ? `gradient is ${grad_norm}` : `loss is ${loss}`
    super(
      `Training blew up: at step ${step} the ${what}. Lower the learning rate or the gradient clip, then press Reset.`,
    )
  }
}

function sentence(error: unknown): string {
  if (error instanceof BlownUp) return error.message
  const message = error instanceof Error ? error.message : String(error)
  const stop = /[.!?]$/.test(message) ? '' : '.'
  return `Training stopped: ${message}${stop} Press Reset to start anew.`
}
