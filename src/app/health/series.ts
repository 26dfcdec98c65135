import { extremeIndices } from '../figures/downsample.ts'
import type { LinePoint } from '../figures/joined.ts'
import type { HealthAt } from '../store/health.ts'
import type { Columns } from '../store/history.ts'

/** About one a pixel of the plot; more would cost time and show nothing. */
const MOST_POINTS = 300

export type Sparse = 'target_std' | 'pred_std' | 'teacher_student_distance'

/** A metric where it was measured, thinned to what a chart can show; extremes stay. */
export function metricLine<Name extends Sparse>(
  columns: Pick<Columns, 'step' | 'length' | Name>,
  name: Name,
): LinePoint[] {
  const values: Float64Array = columns[name]
  return thin(columns.step, values, columns.length)
}

/** The same of what is measured with the pictures. */
export function healthLine(
  healths: readonly HealthAt[],
  name: 'position_std' | 'effective_rank',
): LinePoint[] {
  const steps = healths.map(({ step }) => step)
  const values = healths.map((health) => health[name])
  return thin(steps, values, healths.length)
}

function thin(steps: ArrayLike<number>, values: ArrayLike<number>, length: number): LinePoint[] {
  return extremeIndices(values, length, MOST_POINTS).map((i) => ({ at: steps[i], value: values[i] }))
}

export interface SpreadLines {
  readonly targets: readonly LinePoint[]
  readonly predictions: readonly LinePoint[]
  readonly samePlace: readonly LinePoint[]
}
