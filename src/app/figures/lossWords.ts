import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import { formatCount, formatNumber } from '../components/format.ts'
import type { ByModality } from '../../config/byModality.ts'
import type { Columns } from '../store/history.ts'
import { lossSeries } from './lossSeries.ts'

type LossColumns = Pick<Columns, 'step' | 'seconds' | 'loss' | 'length'>

/** How the losses of some runs went, for a person who cannot see the chart. */
export function describeLosses(drawn: readonly ModalityName[], histories: ByModality<LossColumns>): string {
  if (drawn.length === 0) return 'No step has been made yet.'
  return drawn.map((name) => `${MODALITIES[name].title}: ${describeLoss(histories[name])}`).join(' ')
}

function describeLoss(columns: LossColumns): string {
  const points = lossSeries(columns, 'step')
  const [first, last] = [points.at(0), points.at(-1)]
  if (first === undefined || last === undefined) return 'no loss that is a number.'
  const lowest = Math.min(...points.map(({ smoothed }) => smoothed))
  return `from ${formatNumber(first.loss)} at step ${formatCount(first.at)} to ${formatNumber(last.smoothed)} at step ${formatCount(last.at)}, smoothed; lowest ${formatNumber(lowest)}.`
}
