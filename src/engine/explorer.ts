import { AnalysisFailed, type RemoteAnalyst } from '../probes/analyst.ts'
import type { MapMethod } from '../probes/cartographer.ts'
import type { Neighbour } from '../probes/nearest.ts'
import type { Alike, Report } from './reports.ts'
import type { Run } from './run.ts'
import type { Survey } from './survey.ts'

/** How often a map on its way is shown. */
const SKETCH_MS = 200

/** Neighbours that are shown of a sample. */
const SHOWN = 5

export interface ExplorerOptions {
  readonly run: Run
  readonly analyst: RemoteAnalyst
  readonly report: (report: Report) => void
}

/** Answers what a person asks of the samples of a survey while looking around in them: where they lie, what is alike. */
export class Explorer {
  private readonly options: ExplorerOptions
  private survey: Survey | undefined
  /** Null while nobody looks. */
  private method: MapMethod | null = null
  /** The sample whose neighbours are told; null for none. */
  private chosen: number | null = null
  private isDrawing = false
  /** There are features, or there is a method, that no finished map shows. */
  private isOutdated = false
  private closed = false

  constructor(options: ExplorerOptions) {
    this.options = options
  }

  /** The analyst knows more of the samples of a survey; undefined: it is about to be given others, and knows of none. */
  follow(survey: Survey | undefined): void {
    this.survey = survey
    this.outdate()
    void this.tellNeighbours()
  }

  /** Chooses how samples are mapped, from now on; with null nobody looks, and a map on its way is left. */
  map(method: MapMethod | null): void {
    this.method = method
    this.outdate()
  }

  /** Reports the samples most like one of the survey, now and whenever the analyst knows more; with null of none any more. */
  async choose(sample: number | null): Promise<void> {
    this.chosen = sample
    await this.tellNeighbours()
  }

  /** Nothing more is drawn or reported. */
  close(): void {
    this.closed = true
  }

  private async tellNeighbours(): Promise<void> {
    const { survey, options, chosen: sample } = this
    const row = sample === null ? -1 : (survey?.samples.indexOf(sample) ?? -1)
    if (survey === undefined || sample === null || row < 0) return
    const found = await this.unlessFailed(options.analyst.likeness(row, SHOWN))
    if (found === undefined || this.closed || survey !== this.survey) return
    const shown = (neighbours: readonly Neighbour[]) => neighbours.map((one) => this.shown(survey, one))
    const { step, learnt, raw } = found
    options.report({ type: 'neighbours', sample, step, learnt: shown(learnt), raw: shown(raw) })
  }

  private shown({ samples }: Survey, { sample: row, similarity }: Neighbour): Alike {
    return { ...this.options.run.shown(samples[row]), similarity }
  }

  /** An answer; undefined where the analyst has failed, which is reported. */
  private async unlessFailed<Answer>(asked: Answer | Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await asked
    } catch (error) {
      if (!(error instanceof AnalysisFailed)) throw error
      if (!this.closed) this.options.report({ type: 'probingFailed', message: error.message })
      return undefined
    }
  }

  private outdate(): void {
    this.isOutdated = true
    if (!this.isDrawing) void this.draw()
  }

  /** Draws until the map shows what there is, or nobody looks. */
  private async draw(): Promise<void> {
    const { analyst, report } = this.options
    this.isDrawing = true
    try {
      while (this.isOutdated && this.survey !== undefined && this.method !== null) {
        const { method, survey } = this
        this.isOutdated = false
        const sketch = await this.unlessFailed(analyst.draw(method, SKETCH_MS))
        if (sketch === undefined || this.closed) return
        const { isUpToDate, ...map } = sketch
        if (!isUpToDate) this.isOutdated = true
        if (method === this.method && survey === this.survey) report({ type: 'map', method, ...map })
      }
    } finally {
      this.isDrawing = false
    }
  }
}
