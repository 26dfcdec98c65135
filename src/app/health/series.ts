import { extremeIndices } from '../figures/downsample.ts'
import type { HealthAt } from '../store/health.ts'
import type { Columns } from '../store/history.ts'

/** About one a pixel of the plot; more would cost time and show nothing. */
const MOST_POINTS = 300

/** A value, and the step at which it was measured. */
export interface Measured {
  readonly at: number
  readonly value: number
}

type Sparse = 'target_std' | 'pred_std' | 'teacher_student_distance'

/** A metric where it was measured, thinned to what a chart can show; extremes stay. */
export function metricLine<Name extends Sparse>(
  columns: Pick<Columns, 'step' | 'length' | Name>,
  name: Name,
): Measured[] {
  const values: Float64Array = columns[name]
  return thin(columns.step, values, columns.length)
}

/** The same of what is measured with the pictures. */
export function healthLine(
  healths: readonly HealthAt[],
  name: 'position_std' | 'effective_rank',
): Measured[] {
  const steps = healths.map(({ step }) => step)
  const values = healths.map((health) => health[name])
  return thin(steps, values, healths.length)
}

function thin(steps: ArrayLike<number>, values: ArrayLike<number>, length: number): Measured[] {
  return extremeIndices(values, length, MOST_POINTS).map((i) => ({ at: steps[i], value: values[i] }))
}

export interface SpreadPoint {
  readonly at: number
  readonly targets?: number
  readonly predictions?: number
  readonly samePlace?: number
}

export interface SpreadLines {
  readonly targets: readonly Measured[]
  readonly predictions: readonly Measured[]
  readonly samePlace: readonly Measured[]
}

/** The three lines as points of one chart, each with what was measured at its step. */
export function spreadPoints(lines: SpreadLines): SpreadPoint[] {
  const points = new Map<number, SpreadPoint>()
  for (const key of ['targets', 'predictions', 'samePlace'] as const)
    for (const { at, value } of lines[key]) points.set(at, { ...points.get(at), at, [key]: value })
  return [...points.values()].sort((a, b) => a.at - b.at)
}
