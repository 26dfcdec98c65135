import type { RemoteAnalyst } from '../probes/analyst.ts'
import type { Match } from '../probes/fewShot.ts'
import type { FoundEvent } from './reports.ts'
import type { Run } from './run.ts'
import type { Surveyor } from './surveyor.ts'

/** Samples of the set that are shown at most. */
const MOST_FOUND = 8

export interface Search {
  readonly run: Run
  /** Has studied all samples of the surveyor. */
  readonly analyst: RemoteAnalyst
  readonly surveyor: Surveyor
  /** The first so many samples of the survey are those of the set; those behind them were gathered. */
  readonly ofSet: number
  readonly step: number
  /** Samples that show what is looked for. */
  readonly examples: readonly number[]
}

/** Finds more of what some samples show; undefined if the analyst knows nothing by now. */
export async function findMore(search: Search): Promise<FoundEvent | undefined> {
  const { run, analyst, surveyor, ofSet, step, examples } = search
  const { samples } = surveyor
  const rowOf = new Map(samples.map((sample, row) => [sample, row]))
  const rows = samples.map((_, row) => row)
  const matches = await analyst.find({
    examples: examples.flatMap((sample) => rowOf.get(sample) ?? []),
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
