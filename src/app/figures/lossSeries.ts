import type { Columns } from '../store/history.ts'
import { extremeIndices } from './downsample.ts'
import { smooth } from './smooth.ts'

/** About one a pixel of the plot; more would cost time and show nothing. */
const MOST_POINTS = 300

/** Follows the first fall closely, and calms the noise of batches and masks in a long run. */
function halfLifeFor(steps: number): number {
  return Math.min(25, Math.max(2, steps / 50))
}

export interface LossPoint {
  readonly step: number
  readonly loss: number
  readonly smoothed: number
}

/** The loss of each step and its running mean, thinned to what a chart can show; extremes stay. */
export function lossSeries({ step, loss, length }: Pick<Columns, 'step' | 'loss' | 'length'>): LossPoint[] {
  const smoothed = smooth(loss, length, halfLifeFor(length))
  return extremeIndices(loss, length, MOST_POINTS).map((i) => ({
    step: step[i],
    loss: loss[i],
    smoothed: smoothed[i],
  }))
}

export interface SpreadPoint {
  readonly step: number
  readonly target: number
  readonly prediction: number
}

/** How much targets and predictions vary, at the steps at which it was measured. */
export function spreadSeries(
  columns: Pick<Columns, 'step' | 'target_std' | 'pred_std' | 'length'>,
): SpreadPoint[] {
  const { step, target_std, pred_std, length } = columns
  return extremeIndices(target_std, length, MOST_POINTS).map((i) => ({
    step: step[i],
    target: target_std[i],
    prediction: pred_std[i],
  }))
}
