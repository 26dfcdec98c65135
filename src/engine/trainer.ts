import type { Config } from '../config/schema.ts'
import type { Companion } from './companion.ts'
import type { Examiner } from './examiner.ts'
import type { Keeping } from './keeping.ts'
import type { Estimate, Phase, Preparation, Report, View } from './reports.ts'
import type { Run } from './run.ts'
import { changesPicture, withHotSettings } from './settings.ts'
import { StepsInFlight } from './stepsInFlight.ts'
import { failureOf, throwIfRefused } from './failures.ts'
import { MetricsReader } from './metricsReader.ts'
import { Pictures } from './pictures.ts'
import { nextTurn } from './turn.ts'
import { sole, type Lease } from './turns.ts'
import { freeUnused } from './webgpu.ts'

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
  private phase: Phase = 'paused'
  private loop: Promise<void> = Promise.resolve()
  private pausing = false
  private readonly device: Lease
  private readonly pictures: Pictures
  private readonly metrics: MetricsReader
  private readonly inFlight = new StepsInFlight()
  private readonly examiner: Examiner | undefined
  private readonly keeping: Keeping | undefined
  private companion: Companion | undefined
  private isExamining = false
  /** What the run takes without its companion, once that is known. */
  private own: Estimate | undefined

  constructor(run: Run, report: (report: Report) => void, options: TrainerOptions = {}) {
    const { view, device = sole(), examiner, keeping, companion } = options
    this.examiner = examiner
    this.keeping = keeping
    this.companion = companion
    this.device = device
    this.run = run
    this.report = report
    this.pictures = new Pictures({ run, report, device, view })
    this.metrics = new MetricsReader({ run, report, device })
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
    this.metrics.begin()
    await this.guarded(() =>
      this.device.take(async () => {
        const begun = performance.now()
        await this.metrics.step(true)
        await this.companion?.step()
        this.trainedSince(begun)
        await this.metrics.finish()
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
    if (changesPicture(before, after)) this.pictures.outdate()
  }

  /** Chooses what the picture shows; with null nobody looks. */
  look(view: View | null): void {
    this.pictures.look(view)
  }

  /** The classes of the samples are others than they were. */
  reclassify(): void {
    this.examiner?.reclassify()
    this.companion?.reclassify()
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
    const { pictures } = this
    const renew = async () => {
      if (pictures.areOutdated) await this.device.take(() => pictures.take())
    }
    if (pictures.areWanted)
      await this.guarded(async () => {
        await renew()
        await pictures.drawAtRest(mayGoOn)
        await renew()
      })
    if (!this.isSurveyDue || this.isExamining || !mayGoOn()) return
    const before = this.loop // may still be at the picture that follows its last step
    this.loop = this.guarded(() => this.survey(true)).then(() => before)
  }

  /** Whether to survey while nothing is trained: where nobody looks, only what was asked for. */
  private get isSurveyDue(): boolean {
    if (this.examiner === undefined) return false
    return this.pictures.areWanted ? this.examiner.isDueAtRest : this.examiner.isAsked
  }

  /** The run goes on without its companion, if it has one. */
  async part(): Promise<void> {
    const { companion, isTraining } = this
    if (companion === undefined) return
    await this.pause()
    this.companion = undefined
    await companion.dispose()
    if (this.own) this.report({ type: 'estimate', ...this.own })
    if (isTraining && this.metrics.goesOn) await this.train()
  }

  /** Something that was asked of the run has gone wrong: it stops. */
  async fail(error: unknown): Promise<void> {
    await this.pause()
    if (!this.hasFailed) this.stopFor(error)
  }

  /** Stops training, frees the run's tensors, and resolves once all of it is kept. */
  async dispose(): Promise<void> {
    this.examiner?.close()
    await this.pause()
    this.run.dispose()
    await this.companion?.dispose()
    await this.device.take(() => {
      freeUnused()
      return Promise.resolve()
    })
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
    await this.pictures.take()
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
      this.metrics.begin()
      while (this.goesOn()) {
        await this.device.take(() => this.advance())
        if (this.keeping?.isDue) await this.device.take(() => this.keep())
        if (this.examiner?.isDue) await this.survey(false)
        await nextTurn()
      }
      if (this.run.isFinished) await this.pictures.drawAtRest(() => !this.pausing)
      await this.device.take(async () => {
        await this.keep()
        await this.rest()
      })
      const mayExamine = this.run.isFinished && !this.pausing && !this.isExamining
      if (mayExamine && this.isSurveyDue) await this.survey(true)
    })
  }

  /** Once all steps are made and reported. */
  private async keep(): Promise<void> {
    await this.inFlight.settled()
    await this.metrics.finish()
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
    return !this.pausing && !this.run.isFinished && this.metrics.goesOn
  }

  /** One step of the loop, reported and shown when that is due. */
  private async advance(): Promise<void> {
    const begun = performance.now()
    const reading = this.metrics.isDue
    this.inFlight.add(this.metrics.step(reading))
    if (reading) await this.metrics.start()
    await this.inFlight.catchUp(begun)
    await this.stepCompanion(reading)
    this.trainedSince(begun)
    await this.pictures.draw()
    if (reading && this.pictures.isDue) await this.pictures.take()
  }

  private trainedSince(begun: number): void {
    const took = performance.now() - begun
    this.examiner?.trainedFor(took)
    this.keeping?.trainedFor(took)
  }

  /** Only when the device is done with this run's step: the time of each is its own. */
  private async stepCompanion(reading: boolean): Promise<void> {
    if (this.companion === undefined) return
    await this.inFlight.settled()
    await this.companion.step()
    if (reading) await this.companion.tell()
  }

  private get resting(): Phase {
    return this.run.isFinished ? 'finished' : 'paused'
  }

  /** After the last step: what there is to see of it, and why it was the last. */
  private async rest(): Promise<void> {
    this.enter(this.resting)
    this.metrics.sayHalted()
    await this.pictures.take()
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.stopFor(error)
    }
  }

  private stopFor(error: unknown): void {
    this.enter('failed')
    this.report(failureOf(error, this.run.config))
  }

  private enter(phase: Phase): void {
    this.phase = phase
    const { step, weights, samples } = this.run
    this.report({ type: 'state', phase, step, weights, samples })
  }
}
