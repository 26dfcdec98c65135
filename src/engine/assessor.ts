import type { Probing } from '../config/probing.ts'
import type { RemoteAnalyst, Scores } from '../probes/analyst.ts'
import type { Features } from '../probes/features.ts'
import type { Report } from './reports.ts'
import type { Surveyed } from './survey.ts'

/** What a network makes of the samples of a survey. */
export interface Findings extends Surveyed {
  /** Steps that the network has made. */
  readonly step: number
  /** `[N, F]` for each layer that was looked at. */
  readonly layers: Features[]
  /** The same of the network at its random start, where that is still to be compared. */
  readonly start: Features[] | undefined
  /** How the network was looked at. */
  readonly probing: Probing
  /** Share of the time that surveys have taken from training. */
  readonly share: number
}

export interface AssessorOptions {
  readonly analyst: RemoteAnalyst
  readonly report: (report: Report) => void
  /** Whether findings are still of what is to be measured, in the way that is asked for. */
  readonly isWanted: (findings: Findings) => boolean
  /** The analyst knows these findings by now. */
  readonly onStudied: (findings: Findings) => Promise<void>
  readonly onFailed: (error: unknown) => void
}

/** Has an analyst judge findings, one after another, and reports its scores beside those that they have to beat. */
export class Assessor {
  private readonly options: AssessorOptions
  private hasRandom = false
  private hasRaw = false
  private assessment: Promise<void> | undefined

  constructor(options: AssessorOptions) {
    this.options = options
  }

  get isBusy(): boolean {
    return this.assessment !== undefined
  }

  /** Whether the network at its random start is still to be compared. */
  get lacksRandom(): boolean {
    return !this.hasRandom
  }

  /** What has to be beaten is measured and reported again. */
  restart(): void {
    this.hasRandom = false
    this.hasRaw = false
  }

  /** Resolves when all findings have been judged. */
  async idle(): Promise<void> {
    await this.assessment
  }

  /** Does not wait for the analyst. */
  assess(findings: Findings): void {
    const assessment = (this.assessment ?? Promise.resolve())
      .then(() => this.judge(findings))
      .catch(this.options.onFailed)
    this.assessment = assessment
    void assessment.then(() => {
      if (this.assessment === assessment) this.assessment = undefined
    })
  }

  /** Reports what comes of findings, unless nobody wants it any more. */
  private async judge(findings: Findings): Promise<void> {
    const { analyst, report, onStudied } = this.options
    const { layers, start, step, share } = findings
    const { probeNeighbours } = findings.probing
    const isWanted = () => this.options.isWanted(findings)
    if (start !== undefined) {
      const scores = await analyst.score(start, probeNeighbours)
      if (isWanted()) this.reportRandom(scores)
    }
    if (!isWanted()) return
    const scores = await analyst.study(layers, probeNeighbours, step)
    if (!isWanted()) return
    if (step === 0) this.reportRandom(scores)
    if (scores !== undefined) report({ type: 'probe', step, share, ...scores })
    await onStudied(findings)
    if (this.hasRaw) return
    const raw = await analyst.scoreRaw(probeNeighbours)
    if (raw === undefined || !isWanted()) return
    this.hasRaw = true
    report({ type: 'baseline', of: 'raw', ...raw })
  }

  private reportRandom(scores: Scores | undefined): void {
    this.hasRandom = true
    if (scores !== undefined) this.options.report({ type: 'baseline', of: 'random', ...scores })
  }
}
