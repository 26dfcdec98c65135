import type { Config } from '../config/schema.ts'
import type { Companion } from './companion.ts'
import type { Examiner } from './examiner.ts'
import type { Keeping } from './keeping.ts'
import type { Estimate, MetricRow, Phase, Preparation, Report, View } from './reports.ts'
import type { Run } from './run.ts'
import { changesPicture, withHotSettings } from './settings.ts'
import { isSound } from './sound.ts'
import { StepClock } from './stepClock.ts'
import { StepsInFlight } from './stepsInFlight.ts'
import { failureOf, throwIfRefused } from './failures.ts'
import { nextTurn } from './turn.ts'
import { sole, type Lease } from './turns.ts'

const MS_BETWEEN_METRICS = 100
const MS_BETWEEN_SNAPSHOTS = 500

/** On a slow machine pictures come less often, so that training keeps at least this many times their time. */
const TRAINING_PER_PICTURE = 4

const INITIAL_VIEW: View = { sample: 'batch', mask: 0 }

export interface TrainerOptions {
  /** Null while nobody looks at the run: it then takes no pictures. */
  readonly view?: View | null
  /** The run's share of the device; all of it, if left out. */
  readonly device?: Lease
  /** What measures what the run has learnt; left out, nothing does. */
  readonly examiner?: Examiner
  /** What keeps the run; left out, nothing does. */
  readonly keeping?: Keeping
  /** A run that makes the same steps right after this one; left out for a run that is alone. */
  readonly companion?: Companion
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
  private readonly clock = new StepClock()
  private readonly device: Lease
  private readonly inFlight = new StepsInFlight()
  /** The latest read that goes on beside the steps. */
  private reading: Promise<void> = Promise.resolve()
  private readingFailed = false
  /** The first step since training began whose numbers were not finite; it has changed nothing. */
  private halting: MetricRow | undefined
  private readonly examiner: Examiner | undefined
  private readonly keeping: Keeping | undefined
  private companion: Companion | undefined
  private isExamining = false
  /** What the run takes without its companion, once that is known. */
  private own: Estimate | undefined

  constructor(run: Run, report: (report: Report) => void, options: TrainerOptions = {}) {
    const { view = INITIAL_VIEW, device = sole(), examiner, keeping, companion } = options
    this.examiner = examiner
    this.keeping = keeping
    this.companion = companion
    this.device = device
    this.run = run
    this.report = report
    this.view = view
  }

  get isTraining(): boolean {
    return this.phase === 'training'
  }

  get hasFailed(): boolean {
    return this.phase === 'failed'
  }

  /**
   * Compiles the GPU's programs, shows a first picture, says what steps will take, and then is ready.
   * @param signal nobody waits for the run any more: it is left as it is, and nothing more is said
   */
  async open(signal?: AbortSignal): Promise<void> {
    await this.guarded(() => this.device.take(() => this.prepare(signal)))
  }

  /** Starts the loop, and does not wait for its end. */
  async train(): Promise<void> {
    if (this.isExamining) await this.pause()
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
    this.halting = undefined
    await this.guarded(() =>
      this.device.take(async () => {
        const begun = performance.now()
        this.run.advance(true)
        const done = this.run.idle()
        this.clock.add(begun, done)
        await done
        await this.companion?.step()
        await this.reportMetrics()
        await this.keepBoth()
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
    this.examiner?.followSettings()
    this.companion?.followProbing(after)
    const rests = this.phase === 'paused' || this.phase === 'finished'
    if (rests && this.phase !== this.resting) this.enter(this.resting)
    if (changesPicture(before, after)) this.outdate()
  }

  /** Chooses what the picture shows; with null nobody looks. */
  look(view: View | null): void {
    this.view = view
    this.outdate()
  }

  /** Measures what has been learnt: now, or while training as soon as the step is made. */
  examine(): void {
    this.examiner?.ask()
  }

  /**
   * A new picture, if settings or view have changed since the last, and again when it has been drawn from what is learnt
   * by now; then a survey, if there is something new to learn of the run. While training the loop does all by itself.
   * @param mayGoOn whether nothing else waits to be done
   */
  async refresh(mayGoOn: () => boolean = () => true): Promise<void> {
    if (this.isTraining || this.phase === 'failed') return
    if (this.view !== null)
      await this.guarded(async () => {
        if (this.isOutdated) await this.device.take(() => this.takeSnapshot())
        await this.drawAtRest(mayGoOn)
        if (this.isOutdated) await this.device.take(() => this.takeSnapshot())
      })
    if (this.isSurveyDue && !this.isExamining && mayGoOn()) this.loop = this.guarded(() => this.survey(true))
  }

  /** Whether to survey while nothing is trained: where nobody looks, only what was asked for. */
  private get isSurveyDue(): boolean {
    if (this.examiner === undefined) return false
    return this.view === null ? this.examiner.isAsked : this.examiner.isDueAtRest
  }

  /** The run goes on without its companion, if it has one. */
  async part(): Promise<void> {
    const { companion, isTraining } = this
    if (companion === undefined) return
    await this.pause()
    this.companion = undefined
    await companion.dispose()
    if (this.own) this.report({ type: 'estimate', ...this.own })
    if (isTraining && this.halting === undefined) await this.train()
  }

  /** Stops training, frees the run's tensors, and resolves once all of it is kept. */
  async dispose(): Promise<void> {
    this.examiner?.close()
    await this.pause()
    this.run.dispose()
    await this.companion?.dispose()
    await this.keeping?.close()
  }

  private async prepare(signal?: AbortSignal): Promise<void> {
    const report = (preparation: Preparation) => this.report({ type: 'preparing', ...preparation })
    try {
      await this.run.prepare(report, signal)
      await this.companion?.prepare(report, signal)
    } catch (error) {
      if (!signal?.aborted) throw error
    }
    if (signal?.aborted) return
    throwIfRefused(this.device)
    await this.takeSnapshot()
    this.enter(this.resting)
    await this.estimate(signal)
  }

  private async estimate(signal?: AbortSignal): Promise<void> {
    this.own = await this.run.estimate()
    if (signal?.aborted) return
    const estimate = this.companion === undefined ? this.own : await this.companion.estimateWith(this.own)
    throwIfRefused(this.device)
    this.report({ type: 'estimate', ...estimate })
  }

  private async trainUntilStopped(): Promise<void> {
    await this.guarded(async () => {
      this.readAt = performance.now()
      this.readingFailed = false
      this.halting = undefined
      while (this.goesOn()) {
        await this.device.take(() => this.advance())
        if (this.keeping?.isDue) await this.device.take(() => this.keep())
        if (this.examiner?.isDue) await this.survey(false)
        await nextTurn()
      }
      if (this.run.isFinished) await this.drawAtRest(() => !this.pausing)
      await this.device.take(async () => {
        await this.keep()
        await this.rest()
      })
      if (this.run.isFinished && !this.pausing && this.isSurveyDue) await this.survey(true)
    })
  }

  /** Once all steps are made and reported. */
  private async keep(): Promise<void> {
    await this.inFlight.settled()
    await this.reading
    if (!this.run.metrics.isEmpty) await this.reportMetrics()
    await this.keepBoth()
  }

  private async keepBoth(): Promise<void> {
    await this.companion?.keep()
    await this.keeping?.keep() // the later of both is what a person goes on with
  }

  /** Surveys the network until that is done, or until Pause. */
  private async survey(atRest: boolean): Promise<void> {
    this.isExamining = true
    if (atRest) this.pausing = false
    try {
      do await this.examineBoth(atRest)
      while (atRest && this.examiner?.isAsked && !this.pausing) // meanwhile
      throwIfRefused(this.device)
    } finally {
      this.isExamining = false
    }
  }

  private async examineBoth(atRest: boolean): Promise<void> {
    const { examiner, companion } = this
    const goesOn = () => !this.pausing
    const isDone = await examiner?.examine(atRest, goesOn)
    if (examiner && companion && isDone) await examiner.besides(() => companion.examine(atRest, goesOn))
  }

  private goesOn(): boolean {
    return !this.pausing && !this.run.isFinished && !this.readingFailed && this.halting === undefined
  }

  /** One step of the loop, reported and shown when that is due. */
  private async advance(): Promise<void> {
    const begun = performance.now()
    const reading = this.isReadDue()
    this.run.advance(reading)
    const done = this.run.idle()
    this.inFlight.add(done)
    this.clock.add(begun, done)
    if (reading) await this.startReading()
    await this.inFlight.catchUp(begun)
    await this.stepCompanion(reading)
    const took = performance.now() - begun
    this.examiner?.trainedFor(took)
    this.keeping?.trainedFor(took)
    if (this.draws && this.run.drawer.isDue) await this.work(false)
    if (reading && this.isSnapshotDue()) await this.takeSnapshot()
  }

  /** Only when the device is done with this run's step: the time of each is its own. */
  private async stepCompanion(reading: boolean): Promise<void> {
    if (this.companion === undefined) return
    await this.inFlight.settled()
    await this.companion.step()
    if (reading) await this.companion.tell()
  }

  private get draws(): boolean {
    return this.view?.drawing === true
  }

  /** Brings the decoder up to what is learnt by now, piece by piece. */
  private async drawAtRest(mayGoOn: () => boolean): Promise<void> {
    while (this.draws && this.run.drawer.isBehind(this.run.config) && mayGoOn()) {
      await this.device.take(() => this.work(true))
      await nextTurn()
    }
  }

  private async work(atRest: boolean): Promise<void> {
    if (await this.run.drawer.work(this.run.config, atRest)) this.outdate()
  }

  /** Reads on while the next steps are made; waits only for the read before. */
  private async startReading(): Promise<void> {
    await this.reading
    this.reading = this.reportMetrics()
    this.reading.catch(() => (this.readingFailed = true))
  }

  private get resting(): Phase {
    return this.run.isFinished ? 'finished' : 'paused'
  }

  /** After the last step: what there is to see of it, and why it was the last. */
  private async rest(): Promise<void> {
    this.enter(this.resting)
    if (this.halting) {
      const { step, loss, grad_norm } = this.halting
      this.report({ type: 'halted', step, loss, grad_norm })
    }
    await this.takeSnapshot()
  }

  private isReadDue(): boolean {
    return this.run.metrics.isAlmostFull || performance.now() - this.readAt >= MS_BETWEEN_METRICS
  }

  private isSnapshotDue(): boolean {
    return this.view !== null && performance.now() >= this.snapshotDueAt
  }

  /** Reports every step since the last time that has changed something. */
  private async reportMetrics(): Promise<void> {
    this.readAt = performance.now()
    const rows = await this.run.metrics.read(this.clock.take())
    throwIfRefused(this.device)
    const good = rows.filter(isSound)
    if (good.length > 0) this.report({ type: 'metrics', rows: good })
    this.halting ??= rows.find((row) => !isSound(row))
  }

  private async takeSnapshot(): Promise<void> {
    if (this.view === null) return
    const begun = performance.now()
    this.isOutdated = false
    const picture = await this.run.look(this.view)
    throwIfRefused(this.device)
    this.report({ type: 'snapshot', ...picture })
    const now = performance.now()
    this.snapshotDueAt = now + Math.max(MS_BETWEEN_SNAPSHOTS, TRAINING_PER_PICTURE * (now - begun))
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
      this.report(failureOf(error, this.run.config))
    }
  }

  private enter(phase: Phase): void {
    this.phase = phase
    const { step, weights, samples } = this.run
    this.report({ type: 'state', phase, step, weights, samples })
  }
}
