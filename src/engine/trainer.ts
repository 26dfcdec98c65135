import type { Config } from '../config/schema.ts'
import { deviceIdle } from './backend.ts'
import type { MetricRow, Phase, Report, View } from './reports.ts'
import type { Run } from './run.ts'
import { changesPicture, withHotSettings } from './settings.ts'
import { nextTurn } from './turn.ts'
import { sole, type Lease } from './turns.ts'

const MS_BETWEEN_METRICS = 100
const MS_BETWEEN_SNAPSHOTS = 500

/** Steps below this may overlap: nobody notices that Pause waits for two of them. */
const QUICK_STEP_MS = 50

/** On a slow machine pictures come less often, so that training keeps at least this many times their time. */
const TRAINING_PER_PICTURE = 4

const INITIAL_VIEW: View = { sample: 'batch', mask: 0 }

export interface TrainerOptions {
  /** Null while nobody looks at the run: it then takes no pictures. */
  readonly view?: View | null
  /** The run's share of the device; all of it, if left out. */
  readonly device?: Lease
  /** Resolves when the device is done with what it has. */
  readonly idle?: typeof deviceIdle
}

/**
 * Drives one run: trains it step after step, pauses it, looks at it, and reports. Its owner calls one method at a time
 * and waits for it; only the loop that `train` starts goes on by itself, until `pause`, the last step or a failure.
 */
export class Trainer {
  private readonly report: (report: Report) => void
  private readonly run: Run
  private view: View | null
  private phase: Phase = 'paused'
  private loop: Promise<void> = Promise.resolve()
  private pausing = false
  private readAt = 0
  private snapshotDueAt = 0
  private isOutdated = false
  /** When the steps that are being made were begun, and the time that earlier ones since the last read have taken. */
  private begunAt = 0
  private spent = 0
  private readonly device: Lease
  private readonly idle: typeof deviceIdle

  constructor(run: Run, report: (report: Report) => void, options: TrainerOptions = {}) {
    const { view = INITIAL_VIEW, device = sole(), idle = deviceIdle } = options
    this.idle = idle
    this.device = device
    this.run = run
    this.report = report
    this.view = view
  }

  get isTraining(): boolean {
    return this.phase === 'training'
  }

  /** Shows a first picture, for which a GPU has to compile its programs, and then is ready. */
  async open(): Promise<void> {
    await this.guarded(() =>
      this.device.take(async () => {
        await this.takeSnapshot()
        this.enter('paused')
      }),
    )
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
    await this.guarded(() =>
      this.device.take(async () => {
        this.begunAt = performance.now()
        this.run.advance(true)
        await this.reportMetrics()
        await this.rest()
      }),
    )
  }

  /**
   * Hot settings take effect at the next step. Settings that contradict each other are not taken over: the page says
   * so beside the field.
   */
  apply(next: Config): void {
    const before = this.run.config
    const after = withHotSettings(before, next)
    if (this.run.check(after).length > 0) return
    this.run.apply(after)
    const resting = this.run.isFinished ? 'finished' : 'paused'
    const rests = this.phase === 'paused' || this.phase === 'finished'
    if (rests && this.phase !== resting) this.enter(resting)
    if (changesPicture(before, after)) this.outdate()
  }

  /** Chooses what the picture shows; with null nobody looks. */
  look(view: View | null): void {
    this.view = view
    this.outdate()
  }

  /** A new picture, if settings or view have changed since the last. While training the loop takes it by itself. */
  async refresh(): Promise<void> {
    if (!this.isOutdated || this.view === null || this.isTraining || this.phase === 'failed') return
    await this.guarded(() => this.device.take(() => this.takeSnapshot()))
  }

  /** Stops training and frees the run's tensors. */
  async dispose(): Promise<void> {
    await this.pause()
    this.run.dispose()
  }

  private async trainUntilStopped(): Promise<void> {
    await this.guarded(async () => {
      this.readAt = performance.now()
      this.spent = 0
      let pace: Pace = { submitted: Promise.resolve(), isQuick: false }
      while (!this.pausing && !this.run.isFinished) {
        pace = await this.device.take(() => this.advance(pace))
        await nextTurn()
      }
      await this.device.take(async () => {
        this.begunAt = performance.now()
        await pace.submitted
        if (!this.run.metrics.isEmpty) await this.reportMetrics()
        await this.rest()
      })
    })
  }

  /** One step of the loop, reported and shown when that is due. */
  private async advance(before: Pace): Promise<Pace> {
    this.begunAt = performance.now()
    const reading = this.isReadDue()
    let submitted: Promise<void> = Promise.resolve()
    this.run.advance(reading)
    if (reading) {
      await this.reportMetrics()
      if (this.isSnapshotDue()) await this.takeSnapshot()
    } else {
      // The CPU prepares a step while the GPU is busy with the one before, unless Pause would feel the two.
      submitted = this.idle(this.run.metrics.latest)
      await (before.isQuick ? before.submitted : submitted)
      this.spent += performance.now() - this.begunAt
    }
    return { submitted, isQuick: performance.now() - this.begunAt < QUICK_STEP_MS }
  }

  /** After the last step: what there is to see of it. */
  private async rest(): Promise<void> {
    this.enter(this.run.isFinished ? 'finished' : 'paused')
    await this.takeSnapshot()
  }

  private isReadDue(): boolean {
    return this.run.metrics.isAlmostFull || performance.now() - this.readAt >= MS_BETWEEN_METRICS
  }

  private isSnapshotDue(): boolean {
    return this.view !== null && performance.now() >= this.snapshotDueAt
  }

  /** Reports every step since the last time; throws if the loss is no longer a number. */
  private async reportMetrics(): Promise<void> {
    const rows = await this.run.metrics.read(() => this.spent + performance.now() - this.begunAt)
    this.throwIfRefused()
    this.spent = 0
    this.readAt = performance.now()
    const bad = rows.findIndex(({ loss, grad_norm }) => !Number.isFinite(loss) || !Number.isFinite(grad_norm))
    const good = bad < 0 ? rows : rows.slice(0, bad)
    if (good.length > 0) this.report({ type: 'metrics', rows: good })
    if (bad >= 0) throw new BlownUp(rows[bad])
  }

  private async takeSnapshot(): Promise<void> {
    if (this.view === null) return
    const begun = performance.now()
    this.isOutdated = false
    const picture = await this.run.look(this.view)
    this.throwIfRefused()
    this.report({ type: 'snapshot', ...picture })
    const now = performance.now()
    this.snapshotDueAt = now + Math.max(MS_BETWEEN_SNAPSHOTS, TRAINING_PER_PICTURE * (now - begun))
  }

  /** A GPU refuses work in silence and leaves zeros behind, which would look like a perfect loss. */
  private throwIfRefused(): void {
    const refusal = this.device.refusal()
    if (refusal === undefined) return
    throw new Error(
      `The GPU refused the work (${refusal}). If it lacks memory, lower the batch size, the width or the number of tokens, or train fewer modalities at a time.`,
    )
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
      this.report({ type: 'failure', message: sentence(error) })
    }
  }

  private enter(phase: Phase): void {
    this.phase = phase
    const { step, weights, samples } = this.run
    this.report({ type: 'state', phase, step, weights, samples })
  }
}

/** How the loop keeps up with the device. */
interface Pace {
  /** Resolves when the latest step has been computed. */
  readonly submitted: Promise<void>
  readonly isQuick: boolean
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
