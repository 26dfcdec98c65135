import { formatNumber } from '../components/format.ts'
import { Chart, type Series, type ValueAxis } from './Chart.tsx'
import type { LossPoint } from './lossSeries.ts'
import { formatTick, linearTicks, logTicks, roundDown, roundUp } from './ticks.ts'

const SERIES: readonly Series<'loss' | 'smoothed'>[] = [
  { key: 'loss', name: 'each step', colour: 'var(--color-image)', look: 'faint' },
  { key: 'smoothed', name: 'smoothed', colour: 'var(--color-image)', look: 'strong' },
]

const TICKS = 5

interface Props {
  /** At least one. */
  readonly points: readonly LossPoint[]
  readonly log: boolean
  readonly lastStep: number
}

export function LossChart({ points, log, lastStep }: Props) {
  const drawn = log ? points.filter(({ loss }) => loss > 0) : points
  const last = points[points.length - 1]
  return (
    <Chart
      label="Loss over steps"
      heightRem={13}
      points={drawn}
      series={SERIES}
      axis={log ? logAxis(drawn) : linearAxis(drawn)}
      lastStep={lastStep}
      endLabels={[
        // Both at the smoothed end: at the raw one the label would jump with every step.
        { at: last.smoothed, text: 'smoothed', colour: 'var(--color-ink)' },
        { at: last.smoothed, text: 'each step', colour: 'var(--color-muted)' },
      ]}
      format={formatNumber}
    />
  )
}

function linearAxis(points: readonly LossPoint[]): ValueAxis {
  const high = roundUp(highest(points))
  return { scale: 'linear', domain: [0, high], ticks: linearTicks(0, high, TICKS), format: formatTick }
}

function logAxis(points: readonly LossPoint[]): ValueAxis {
  const low = roundDown(Math.min(...points.map(({ loss }) => loss)))
  const domain = [low, Math.max(highest(points), 2 * low)] as const
  return { scale: 'log', domain, ticks: logTicks(...domain, TICKS), format: formatTick }
}

function highest(points: readonly LossPoint[]): number {
  return Math.max(...points.map(({ loss }) => loss), Number.MIN_VALUE)
}
