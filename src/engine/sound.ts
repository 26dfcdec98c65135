import type { MetricRow } from './reports.ts'

/** Whether a step has found numbers that can be learnt from; the others are not applied (`adamwEma`). */
export function isSound({ loss, grad_norm }: Pick<MetricRow, 'loss' | 'grad_norm'>): boolean {
  return Number.isFinite(loss) && Number.isFinite(grad_norm)
}
