import type { RemoteAnalyst } from '../probes/analyst.ts'
import type { Lesson, Match } from '../probes/fewShot.ts'
import type { FoundEvent } from './reports.ts'
import type { Run } from './run.ts'
import type { Surveyed } from './survey.ts'

/** Samples of the set that are shown at most. */
const MOST_FOUND = 8

/** What the analyst knows: of these samples, what a network makes of them after so many steps. */
export interface StudiedSurvey extends Surveyed {
  readonly step: number
}

export interface FinderOptions {
  readonly run: Run
  readonly analyst: RemoteAnalyst
  readonly report: (found: FoundEvent) => void
}

const NOTHING: Lesson = { examples: [], counterexamples: [] }

/** Finds more of what some samples show, in what the analyst knows. */
export class Finder {
  private readonly options: FinderOptions
  private studied: StudiedSurvey | undefined
  /** Samples that show what is looked for, and samples that do not. */
  private lesson = NOTHING
  private closed = false

  constructor(options: FinderOptions) {
    this.options = options
  }

  /** The analyst knows other findings now: what is looked for is found anew. */
  async follow(studied: StudiedSurvey): Promise<void> {
    this.studied = studied
    await this.findMore()
  }

  /** The analyst knows nothing that can be looked through, until it is said otherwise. */
  lose(): void {
    this.studied = undefined
  }

  /** Whether the analyst knows something that can be looked through. */
  get isReady(): boolean {
    return this.studied !== undefined
  }

  /** Whether something is looked for, and the analyst knows nothing that it can be looked for in. */
  get isWaiting(): boolean {
    return !this.isReady && this.lesson.examples.length > 0
  }

  /** Nothing is looked for any more. */
  clear(): void {
    this.lose()
    this.lesson = NOTHING
  }

  /** Finds more of what some samples show, now and in what is learnt later. */
  async find(lesson: Lesson): Promise<void> {
    this.lesson = lesson
    await this.findMore()
  }

  /** Nothing more is reported. */
  close(): void {
    this.closed = true
  }

  private async findMore(): Promise<void> {
    const { studied, lesson } = this
    if (studied === undefined || lesson.examples.length === 0) return
    const found = await this.search(studied, lesson)
    const isWanted = !this.closed && lesson === this.lesson
    if (found !== undefined && isWanted) this.options.report(found)
  }

  /** @returns undefined if the analyst knows nothing by now */
  private async search(
    { survey, surveyor, step }: StudiedSurvey,
    { examples, counterexamples }: Lesson,
  ): Promise<FoundEvent | undefined> {
    const { run, analyst } = this.options
    const { samples } = surveyor
    const ofSet = survey.samples.length
    const rowOf = new Map(samples.map((sample, row) => [sample, row]))
    const rows = samples.map((_, row) => row)
    const rowsOf = (some: readonly number[]) => some.flatMap((sample) => rowOf.get(sample) ?? [])
    const matches = await analyst.find({
      examples: rowsOf(examples),
      counterexamples: rowsOf(counterexamples),
      set: rows.slice(0, ofSet),
      gathered: rows.slice(ofSet),
    })
    if (matches === undefined) return undefined
    const confidenceOf = ({ row, confidence }: Match) => ({ sample: samples[row], confidence })
    return {
      type: 'found',
      step,
      gathered: matches.gathered.map(confidenceOf),
      inSet: matches.set
        .slice(0, MOST_FOUND)
        .map((match) => ({ ...confidenceOf(match), ...run.shown(samples[match.row]) })),
    }
  }
}
