import { endOfCompared, seriesOfCompared } from '../figures/comparedLook.ts'
import type { Series } from '../figures/Chart.tsx'
import type { EndLabel } from '../figures/EndLabels.tsx'
import type { ComparedRun } from '../store/compared.ts'
import type { LinePoint } from '../figures/joined.ts'
import { metricLine, type Sparse } from './series.ts'

/** A metric of a run that is compared, where it was measured. */
export interface ComparedLine {
  readonly run: ComparedRun
  /** At least one. */
  readonly line: readonly LinePoint[]
}

/** Those of all runs of which there is any. */
export function comparedLines(compared: readonly ComparedRun[], name: Sparse): ComparedLine[] {
  return compared.flatMap((run) => {
    const line = run.columns === null ? [] : metricLine(run.columns, name)
    return line.length === 0 ? [] : [{ run, line }]
  })
}

export function seriesOfLines(lines: readonly ComparedLine[]): Series<string>[] {
  return lines.map(({ run }) => seriesOfCompared(run))
}

/** @param lowest what is lower ends there */
export function endsOfLines(lines: readonly ComparedLine[], lowest = 0): EndLabel[] {
  return lines.map(({ run, line }) => {
    const last = line[line.length - 1]
    return endOfCompared(run, last.at, Math.max(lowest, last.value))
  })
}

/** By the key that each is drawn under. */
export function byKey(lines: readonly ComparedLine[]): Readonly<Record<string, readonly LinePoint[]>> {
  return Object.fromEntries(lines.map(({ run, line }) => [run.run.id, line]))
}
