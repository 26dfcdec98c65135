import { formatNumber } from '../components/format.ts'
import type { AcrossAxis } from './across.ts'
import { Chart, type Series } from './Chart.tsx'
import type { SpreadPoint } from './lossSeries.ts'
import { formatTick, linearTicks } from './ticks.ts'

const SERIES: readonly Series<'target' | 'prediction'>[] = [
  { key: 'target', name: 'targets', colour: 'var(--color-teacher)', look: 'strong' },
  { key: 'prediction', name: 'predictions', colour: 'var(--color-student)', look: 'strong' },
]

interface Props {
  /** At least one. */
  readonly points: readonly SpreadPoint[]
  /** The loss's axis, under which this one stands. */
  readonly across: AcrossAxis
}

/** Standard deviation of the shown run's targets and predictions: where collapse is seen. */
export function SpreadChart({ points, across }: Props) {
  const last = points[points.length - 1]
  const highest = Math.max(...points.map(({ target, prediction }) => Math.max(target, prediction)))
  const high = Math.max(1, highest)
  return (
    <div className="grid gap-1">
      <h3 className="small-caps text-muted">Spread of targets and predictions</h3>
      <Chart
        label="Standard deviation of targets and predictions"
        heightRem={6.5}
        points={points}
        series={SERIES}
        axis={{ scale: 'linear', domain: [0, high], ticks: linearTicks(0, high, 2), format: formatTick }}
        across={across}
        endLabels={[
          { at: last.target, text: 'targets', colour: 'var(--color-teacher-text)' },
          { at: last.prediction, text: 'predictions', colour: 'var(--color-student-text)' },
        ]}
        format={formatNumber}
      />
    </div>
  )
}
