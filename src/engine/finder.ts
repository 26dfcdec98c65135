import type { RemoteAnalyst } from '../probes/analyst.ts'
import type { FoundEvent } from './reports.ts'
import type { Run } from './run.ts'
import type { Surveyor } from './surveyor.ts'

/** Samples of the set that are shown at most. */
const MOST_FOUND = 8

export interface Search {
  readonly run: Run
  readonly analyst: RemoteAnalyst
  readonly surveyor: Surveyor
  /** The first so many samples of the survey are those of the set; those behind them were gathered. */
  readonly ofSet: number
  readonly step: number
  /** Samples that show what is looked for. */
  readonly examples: readonly number[]
}

/** Finds more of what some samples show; undefined while what was gathered has not been surveyed. */
export async function findMore(search: Search): Promise<FoundEvent | undefined> {
  const { run, analyst, surveyor, ofSet, step, examples } = search
  const { samples } = surveyor
  const rowOf = new Map(samples.map((sample, row) => [sample, row]))
  const rows = samples.map((_, row) => row)
  const matches = await analyst.find({
    examples: examples.flatMap((sample) => rowOf.get(sample) ?? []),
    others: rows.slice(0, ofSet),
    asked: rows,
  })
  if (matches === undefined) return undefined
  const confidenceOf = ({ row, confidence }: (typeof matches)[number]) => ({
    sample: samples[row],
    confidence,
  })
  const inSet = matches.filter(({ row }) => row < ofSet).slice(0, MOST_FOUND)
  return {
    type: 'found',
    step,
    gathered: matches.filter(({ row }) => row >= ofSet).map(confidenceOf),
    inSet: inSet.map((match) => ({ ...confidenceOf(match), ...run.shown(samples[match.row]) })),
  }
}
