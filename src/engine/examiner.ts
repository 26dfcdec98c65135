import { isSameProbing, type Probing } from '../config/probing.ts'
import { disposeLearner } from '../data2vec/learner.ts'
import { UNKNOWN } from '../modalities/classes.ts'
import { AnalysisFailed, type RemoteAnalyst, type Scores } from '../probes/analyst.ts'
import type { Features } from '../probes/features.ts'
import { findMore } from './finder.ts'
import type { Report } from './reports.ts'
import type { Run } from './run.ts'
import { chooseSurvey, type Survey } from './survey.ts'
import { SurveyBudget } from './surveyBudget.ts'
import { SURVEY_BATCH, type Pace, type Surveyor } from './surveyor.ts'
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

interface Surveyed {
  readonly survey: Survey
  /** Of the survey's samples, and after them what was gathered. */
  readonly surveyor: Surveyor
}

/** What the analyst knows: of these samples, what a network makes of them after so many steps. */
interface Studied extends Surveyed {
  readonly step: number
}

/**
 * Measures what a run has learnt: surveys samples through its network from time to time, and has an analyst say what
 * is in them. Training waits for the survey, but not for the analyst.
 */
export class Examiner {
  private readonly options: ExaminerOptions
  private readonly budget = new SurveyBudget()
  private surveyed: Surveyed | undefined
  private studied: Studied | undefined
  /** How the latest survey looked at the network. */
  private probing: Probing
  private hasRandom = false
  private hasRaw = false
  private latestStep = -1
  private asked = false
  private closed = false
  /** The analyst has failed, and is left alone until somebody asks. */
  private failed = false
  private atRest = true
  /** What the analyst is busy with, if anything. */
  private analysis: Promise<void> | undefined
  /** Samples that show what is looked for. */
  private examples: readonly number[] = []

  constructor(options: ExaminerOptions) {
    this.options = options
    this.probing = options.run.config
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
    this.hasRandom = false
    this.hasRaw = false
    if (this.surveyed === undefined) return
    this.reportSurvey(this.surveyed.survey)
    this.asked = true
  }

  /** Whether a survey is to be made between two steps. */
  get isDue(): boolean {
    if (this.asked) return true
    const { step, config } = this.options.run
    const next = (Math.floor(this.latestStep / config.probeEvery) + 1) * config.probeEvery
    const isFree = !this.failed && this.analysis === undefined
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
   */
  async examine(atRest: boolean, goesOn: () => boolean): Promise<void> {
    const { report } = this.options
    const { asked } = this
    this.asked = false
    this.atRest = atRest
    try {
      const surveyed = await this.begun()
      if (!asked && !(atRest ? this.isShort : this.budget.allows(MOST_SHARE))) return
      const isDone = await this.survey(surveyed, {
        take: (work) => this.timed(work),
        goesOn: (done) => {
          report({ type: 'probing', done })
          return goesOn()
        },
      })
      if (asked && !isDone) this.asked = true
    } catch (error) {
      this.giveUp(error)
    } finally {
      report({ type: 'probing', done: null })
    }
  }

  /** The classes of the samples are others than they were: nothing that was told of them holds any more. */
  reclassify(): void {
    if (this.surveyed === undefined) return
    this.surveyed = undefined
    this.studied = undefined
    this.hasRandom = false
    this.hasRaw = false
    this.asked = true
  }

  /** Surveys what the run has gathered, too. */
  gather(): void {
    if (this.surveyed === undefined) return
    this.surveyed = this.surveyedWith(this.surveyed.survey)
    this.studied = undefined // its numbers may be those of other samples now
    this.examples = []
    this.asked = true
  }

  /** Finds more of what some samples show, now and after each survey. */
  async find(examples: readonly number[]): Promise<void> {
    this.examples = examples
    await this.reportFound().catch((error: unknown) => this.giveUp(error))
  }

  /** Resolves when all that was surveyed has been analysed. */
  async idle(): Promise<void> {
    await this.analysis
  }

  /** Nothing more is asked of the analyst, or reported. */
  close(): void {
    this.closed = true
  }

  /** The samples to survey: chosen by what the first batches take, until their classes change. */
  private async begun(): Promise<Surveyed> {
    for (;;) {
      if (this.surveyed === undefined) await this.begin()
      if (this.surveyed !== undefined) return this.surveyed // classes may have changed meanwhile
    }
  }

  private async begin(): Promise<void> {
    const { run, analyst, onStudied } = this.options
    const msPerSample = (await this.measureBatch()) / SURVEY_BATCH
    await this.idle() // what the analyst still does is of other samples
    const { survey, ms } = chooseSurvey((limits) => run.survey(limits), msPerSample)
    this.budget.cost = 2 * ms // of the network as it is, and as it was at its start
    this.surveyed = this.surveyedWith(survey)
    this.reportSurvey(survey)
    onStudied?.(undefined)
    const raw = this.counted(() => run.surveyor(survey.samples).raw())
    await analyst.open({ task: survey.task, raw })
  }

  /** What the run has gathered comes after the samples of a survey. */
  private surveyedWith(survey: Survey): Surveyed {
    const { run } = this.options
    return { survey, surveyor: run.surveyor([...survey.samples, ...run.gathered]) }
  }

  /** Says again where there is more of what the examples show. */
  private async reportFound(): Promise<void> {
    const { studied, examples } = this
    if (studied === undefined || examples.length === 0) return
    const { run, analyst, report } = this.options
    const { survey, surveyor, step } = studied
    const ofSet = survey.samples.length
    const found = await findMore({ run, analyst, surveyor, ofSet, step, examples })
    const isWanted = !this.closed && examples === this.examples
    if (found !== undefined && isWanted) report(found)
  }

  /** Milliseconds that a batch takes, once its programs are compiled. */
  private async measureBatch(): Promise<number> {
    const { run } = this.options
    const surveyor = run.surveyor(run.survey({ learnt: SURVEY_BATCH, tested: 0 }).samples)
    const encode = () => this.timed(() => surveyor.encodeBatch(run.learner, this.probing))
    await encode()
    const begun = performance.now()
    await encode()
    return performance.now() - begun
  }

  /** @returns whether it was not given up */
  private async survey({ survey, surveyor }: Surveyed, pace: Pace): Promise<boolean> {
    const { probing } = this // which may be another when the features are there
    const { run } = this.options
    const { step } = run
    const begun = performance.now()
    const layers = await surveyor.encode(run.learner, probing, pace)
    const took = performance.now() - begun
    const lacksStart = !this.hasRandom && step > 0
    const start = lacksStart ? await this.surveyStart(surveyor, probing, pace) : undefined
    if (layers === undefined || (lacksStart && start === undefined)) return false
    this.latestStep = step
    this.budget.cost = took
    const features = { step, layers, start, survey, surveyor, probing }
    const analysis = (this.analysis ?? Promise.resolve())
      .then(() => this.analyse(features))
      .catch((error: unknown) => this.giveUp(error))
    this.analysis = analysis
    void analysis.finally(() => {
      if (this.analysis === analysis) this.analysis = undefined
    })
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

  /** Has features judged and reports what comes of it, unless nobody wants it any more. */
  private async analyse({ step, layers, start, survey, surveyor, probing }: Surveys): Promise<void> {
    const { analyst, report } = this.options
    const { share } = this.budget
    const { probeNeighbours } = probing
    const isWanted = () => !this.closed && probing === this.probing && survey === this.surveyed?.survey
    if (start !== undefined) this.reportRandom(await analyst.score(start, probeNeighbours), isWanted())
    if (!isWanted()) return
    const scores = await analyst.study(layers, probeNeighbours, step)
    if (!isWanted()) return
    if (surveyor === this.surveyed?.surveyor) this.studied = { step, survey, surveyor }
    this.options.onStudied?.(survey)
    if (step === 0) this.reportRandom(scores, true)
    if (scores !== undefined) report({ type: 'probe', step, share, ...scores })
    await this.reportFound()
    if (this.hasRaw) return
    const raw = await analyst.scoreRaw(probeNeighbours)
    if (raw === undefined || !isWanted()) return
    this.hasRaw = true
    report({ type: 'baseline', of: 'raw', ...raw })
  }

  private reportRandom(scores: Scores | undefined, isWanted: boolean): void {
    if (!isWanted) return
    this.hasRandom = true
    if (scores !== undefined) this.options.report({ type: 'baseline', of: 'random', ...scores })
  }

  private reportSurvey({ samples, task }: Survey): void {
    const { report, run } = this.options
    const { classes } = run
    report({
      type: 'survey',
      samples: Uint32Array.from(samples),
      labels: samples.map((sample) => run.labelOf(sample)),
      classes: classes?.names ?? [],
      classOf: Int16Array.from(samples, (sample) => classes?.of[sample] ?? UNKNOWN),
      learnt: task === undefined ? 0 : task.train.length,
      tested: task?.test.length ?? 0,
      heldOut: samples.filter((sample) => sample >= run.samples).length,
    })
  }

  /** Training goes on where only the analyst has failed. What it knew is lost. */
  private giveUp(error: unknown): void {
    if (!(error instanceof AnalysisFailed)) throw error
    if (this.closed) return
    this.failed = true
    this.asked = false
    this.surveyed = undefined
    this.studied = undefined
    this.options.onStudied?.(undefined)
    this.options.report({ type: 'probingFailed', message: error.message })
  }

  /** Work that takes its turn on the device, at the expense of training. */
  private timed<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.options.device.take(async () => {
      const begun = performance.now()
      try {
        return await work()
      } finally {
        this.count(begun)
      }
    })
  }

  /** The same for work that does not need the device. */
  private counted<Result>(work: () => Result): Result {
    const begun = performance.now()
    const result = work()
    this.count(begun)
    return result
  }

  private count(begun: number): void {
    if (!this.atRest) this.budget.spend(performance.now() - begun)
  }
}

/** One network, and where that is still to be compared, the same at its start. */
interface Surveys extends Surveyed {
  readonly step: number
  readonly layers: Features[]
  readonly start: Features[] | undefined
  readonly probing: Probing
}
