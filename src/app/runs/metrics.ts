import type { Columns, MetricHistory } from '../store/history.ts'
import type { Running } from '../store/running.ts'

/** The metrics of a run as a table with a row for each step; what was not measured at a step is left empty. */
export function csvOf({ length, ...columns }: Columns): string {
  const names = Object.keys(columns) as (keyof typeof columns)[]
  const rows = Array.from({ length }, (_, row) =>
    names.map((name) => (Number.isNaN(columns[name][row]) ? '' : columns[name][row])).join(','),
  )
  return [names.join(','), ...rows, ''].join('\r\n')
}

/** The same as JSON, with the run's settings and when they were turned; what was not measured at a step is null. */
export function jsonOf(history: MetricHistory, running: Running | null): string {
  const { length, ...columns } = history.columns()
  const turned = history.turnings()
  const values = Object.entries(columns).map(([name, column]) => [name, [...column]] as const)
  const { modality, preset, config } = running ?? {}
  const metrics = Object.fromEntries(values)
  return JSON.stringify({ modality, preset, config, steps: length, turned, metrics })
}
