import { isSameProbing, type Probing } from '../config/probing.ts'
import { disposeLearner } from '../data2vec/learner.ts'
import { messageOf } from '../messageOf.ts'
import { AnalysisFailed, type RemoteAnalyst } from '../probes/analyst.ts'
import type { Features } from '../probes/features.ts'
import type { Lesson } from '../probes/fewShot.ts'
import { Assessor } from './assessor.ts'
import { Finder } from './finder.ts'
import type { Report } from './reports.ts'
import type { Run } from './run.ts'
import { chooseSurvey, describeSurvey, type Survey, type Surveyed } from './survey.ts'
import { SurveyBudget } from './surveyBudget.ts'
import type { Pace, Surveyor } from './surveyor.ts'
import type { Lease } from './turns.ts'

/** The share of the time that surveys between steps may take. */
const MOST_SHARE = 0.05

/** While nothing is trained a survey takes nothing from it, but shall not keep a slow device busy for long. */
const MOST_AT_REST_MS = 10_000

export interface ExaminerOptions {
  readonly run: Run
  readonly analyst: RemoteAnalyst
  readonly report: (report: Report) => void
  readonly device: Lease
  /** Told of which survey's samples the analyst knows what was learnt; undefined from when it knows of none. */
  readonly onStudied?: (survey: Survey | undefined) => void
}

/**
 * Measures what a run has learnt: surveys samples through its network from time to time, and has an analyst say what
 * is in them. Training waits for the survey, but not for the analyst.
 */
export class Examiner {
  private readonly options: ExaminerOptions
  private readonly budget = new SurveyBudget()
  private readonly assessor: Assessor
  private readonly finder: Finder
  private surveyed: Surveyed | undefined
  /** How the latest survey looked at the network. */
  private probing: Probing
  private latestStep = -1
  private asked = false
  private isSurveying = false
  private closed = false
  /** The analyst has failed, and is left alone until somebody asks. */
  private failed = false

  constructor(options: ExaminerOptions) {
    const { run, analyst, report } = options
    this.options = options
    this.probing = run.config
    this.finder = new Finder({ run, analyst, report })
    this.assessor = new Assessor({
      analyst,
      report,
      isWanted: ({ probing, survey }) =>
        !this.closed && probing === this.probing && survey === this.surveyed?.survey,
      onStudied: async ({ step, survey, surveyor }) => {
        options.onStudied?.(survey)
        const hasAllGathered = surveyor === this.surveyed?.surveyor
        if (hasAllGathered) await this.finder.follow({ step, survey, surveyor })
      },
      onFailed: (error) => this.giveUp(error),
    })
  }

  /** Notes how long a step took, in milliseconds. */
  trainedFor(ms: number): void {
    this.budget.train(ms)
  }

  /** The next survey is made as soon as it can be, whatever it takes. */
  ask(): void {
    this.asked = true
    this.failed = false
  }

  get isAsked(): boolean {
    return this.asked
  }

  /** Settings may have changed. What was measured in another way is measured anew. */
  followSettings(): void {
    const { config } = this.options.run
    if (isSameProbing(this.probing, config)) return
    const hasSameTask = this.probing.probeStyles === config.probeStyles
    this.probing = config
    if (!hasSameTask) {
      this.reclassify()
      return
    }
    this.assessor.restart()
    if (this.surveyed === undefined) return
    this.options.report(describeSurvey(this.options.run, this.surveyed.survey))
    this.asked = true
  }

  /** Whether a survey is to be made between two steps. */
  get isDue(): boolean {
    if (this.asked) return true
    const { step, config } = this.options.run
    const next = (Math.floor(this.latestStep / config.probeEvery) + 1) * config.probeEvery
    const isFree = !this.failed && !this.assessor.isBusy
    return isFree && step >= next && this.budget.allows(MOST_SHARE)
  }

  /** Whether a survey is to be made while nothing is trained. */
  get isDueAtRest(): boolean {
    return this.asked || (!this.failed && this.options.run.step > this.latestStep && this.isShort)
  }

  private get isShort(): boolean {
    return this.budget.cost <= MOST_AT_REST_MS
  }

  /**
   * Surveys the network as it is now, unless that turns out to take too long.
   * @param atRest nothing is trained: it takes no time away
   * @param goesOn asked before each batch; once it says no, the survey is given up, and made later if it was asked for
   * @returns whether it was surveyed
   */
  async examine(atRest: boolean, goesOn: () => boolean): Promise<boolean> {
    const { report } = this.options
    const { asked } = this
    this.asked = false
    this.isSurveying = true
    this.budget.isFree = atRest
    try {
      const surveyed = await this.begun()
      if (!asked && !(atRest ? this.isShort : this.budget.allows(MOST_SHARE))) return false
      const isDone = await this.survey(surveyed, {
        take: (work) => this.timed(work),
        goesOn: (done) => {
          report({ type: 'probing', done })
          return goesOn()
        },
      })
      if (asked && !isDone) this.asked = true
      return isDone
    } catch (error) {
      if (!(error instanceof AnalysisFailed)) throw error
      this.giveUp(error)
      return false
    } finally {
      this.isSurveying = false
      if (this.isMissed) this.asked = true
      report({ type: 'probing', done: null })
    }
  }

  /** Whether a survey that something waits for has come to nothing. */
  private get isMissed(): boolean {
    return this.finder.isWaiting && !this.assessor.isBusy && !this.failed
  }

  /** Does what goes with a survey and takes time from training, too. */
  async besides(work: () => Promise<void>): Promise<void> {
    await this.budget.spendOn(work)
  }

  /** The classes of the samples are others than they were: nothing that was told of them holds any more. */
  reclassify(): void {
    if (this.surveyed === undefined) return
    this.startOver()
    this.asked = true
  }

  /** Surveys what the run has gathered, too. */
  gather(): void {
    if (this.surveyed === undefined) return
    this.surveyed = this.surveyedWith(this.surveyed.survey)
    this.finder.clear() // its numbers may be those of other samples now
    this.asked = true
  }

  /** Finds more of what some samples show, now and after each survey; the first is made for it, however long it takes. */
  async find(lesson: Lesson): Promise<void> {
    const isComing = this.isSurveying || this.assessor.isBusy
    if (lesson.examples.length > 0 && !this.finder.isReady && !isComing) this.ask()
    await this.finder.find(lesson).catch((error: unknown) => this.giveUp(error))
  }

  /** Resolves when all that was surveyed has been analysed. */
  async idle(): Promise<void> {
    await this.assessor.idle()
  }

  /** Nothing more is asked of the analyst, or reported. */
  close(): void {
    this.closed = true
    this.finder.close()
  }

  /** The samples to survey: chosen by what the first batches take, until their classes change. */
  private async begun(): Promise<Surveyed> {
    for (;;) {
      if (this.surveyed === undefined) await this.begin()
      if (this.surveyed !== undefined) return this.surveyed // classes may have changed meanwhile
    }
  }

  private async begin(): Promise<void> {
    const { run, analyst, report, onStudied } = this.options
    const msPerSample = await this.measureSample()
    await this.idle() // what the analyst still does is of other samples
    const { survey, ms } = chooseSurvey((limits) => run.survey(limits), msPerSample)
    this.budget.cost = 2 * ms // of the network as it is, and as it was at its start
    this.surveyed = this.surveyedWith(survey)
    report(describeSurvey(run, survey))
    onStudied?.(undefined)
    const raw = await this.budget.spendOn(() => Promise.resolve(run.surveyor(survey.samples).raw()))
    await analyst.open({ task: survey.task, raw })
  }

  /** What the run has gathered comes after the samples of a survey. */
  private surveyedWith(survey: Survey): Surveyed {
    const { run } = this.options
    return { survey, surveyor: run.surveyor([...survey.samples, ...run.gathered]) }
  }

  /** Milliseconds that a sample takes in a batch, once its programs are compiled. */
  private async measureSample(): Promise<number> {
    const { run } = this.options
    const { samples } = run.survey({ learnt: run.surveyBatch, tested: 0 })
    const surveyor = run.surveyor(samples)
    const encode = () => this.timed(() => surveyor.encodeBatch(run.learner, this.probing))
    await encode()
    const begun = performance.now()
    await encode()
    return (performance.now() - begun) / samples.length
  }

  /** @returns whether it was not given up */
  private async survey({ survey, surveyor }: Surveyed, pace: Pace): Promise<boolean> {
    const { probing } = this // which may be another when the features are there
    const { run } = this.options
    const { step } = run
    const begun = performance.now()
    const layers = await surveyor.encode(run.learner, probing, pace)
    const took = performance.now() - begun
    const lacksStart = step > 0 && this.assessor.lacksRandom
    const start = lacksStart ? await this.surveyStart(surveyor, probing, pace) : undefined
    if (layers === undefined || (lacksStart && start === undefined)) return false
    this.latestStep = step
    this.budget.cost = took
    const { share } = this.budget
    this.assessor.assess({ step, layers, start, survey, surveyor, probing, share })
    return true
  }

  /** The network at its random start. */
  private async surveyStart(
    surveyor: Surveyor,
    probing: Probing,
    pace: Pace,
  ): Promise<Features[] | undefined> {
    const learner = await pace.take(() => Promise.resolve(this.options.run.createStart()))
    try {
      return await surveyor.encode(learner, probing, pace)
    } finally {
      disposeLearner(learner)
    }
  }

  /** Training goes on where only the analyst has failed. What it knew is lost. */
  private giveUp(error: unknown): void {
    if (this.closed) return
    this.failed = true
    this.asked = false
    this.startOver()
    this.options.onStudied?.(undefined)
    this.options.report({ type: 'probingFailed', message: messageOf(error) })
  }

  /** The next survey is the first of its samples. */
  private startOver(): void {
    this.surveyed = undefined
    this.finder.lose()
    this.assessor.restart()
  }

  /** Work that takes its turn on the device, at the expense of training. */
  private timed<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.options.device.take(() => this.budget.spendOn(work))
  }
}
