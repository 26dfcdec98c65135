import { formatCount, formatNumber } from '../components/format.ts'
import type { LossColumns, LossLine } from './lossLines.ts'
import { lossSeries } from './lossSeries.ts'

/** How the losses of some runs went, for a person who cannot see the chart. */
export function describeLosses(lines: readonly Pick<LossLine, 'name' | 'columns'>[]): string {
  if (lines.length === 0) return 'No step has been made yet.'
  return lines.map(({ name, columns }) => `${name}: ${describeLoss(columns)}`).join(' ')
}

function describeLoss(columns: LossColumns): string {
  const points = lossSeries(columns, 'step')
  const [first, last] = [points.at(0), points.at(-1)]
  if (first === undefined || last === undefined) return 'no loss that is a number.'
  const lowest = Math.min(...points.map(({ smoothed }) => smoothed))
  return `from ${formatNumber(first.loss)} at step ${formatCount(first.at)} to ${formatNumber(last.smoothed)} at step ${formatCount(last.at)}, smoothed; lowest ${formatNumber(lowest)}.`
}
