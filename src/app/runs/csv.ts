import type { Columns } from '../store/history.ts'

/** The metrics of a run as a table with a row for each step; what was not measured at a step is left empty. */
export function csvOf({ length, ...columns }: Columns): string {
  const names = Object.keys(columns) as (keyof typeof columns)[]
  const rows = Array.from({ length }, (_, row) =>
    names.map((name) => (Number.isNaN(columns[name][row]) ? '' : columns[name][row])).join(','),
  )
  return [names.join(','), ...rows, ''].join('\r\n')
}
