import { formatNumber } from '../components/format.ts'
import { Chart, type Series, type ValueAxis } from './Chart.tsx'
import type { LossPoint } from './lossSeries.ts'
import { formatTick, linearTicks, logTicks, roundDown, roundUp } from './ticks.ts'

const SERIES: readonly Series<'loss' | 'smoothed'>[] = [
  { key: 'loss', name: 'each step', colour: 'var(--color-image)', look: 'faint' },
  { key: 'smoothed', name: 'smoothed', colour: 'var(--color-image)', look: 'strong' },
]

const TICKS = 5

/** Before this many steps the axis would jump at every update. */
const SHORTEST_AXIS = 20

interface Props {
  /** At least one. */
  readonly points: readonly LossPoint[]
  readonly log: boolean
}

export function LossChart({ points, log }: Props) {
  const drawn = log ? points.filter(({ loss }) => loss > 0) : points
  const last = points[points.length - 1]
  return (
    <Chart
      label="Loss over steps"
      heightRem={13}
      points={drawn}
      series={SERIES}
      axis={log ? logAxis(drawn) : linearAxis(drawn)}
      lastStep={roundUp(Math.max(last.step, SHORTEST_AXIS))}
      endLabels={[
        { at: last.smoothed, text: 'smoothed', colour: 'var(--color-ink)' },
        { at: last.loss, text: 'each step', colour: 'var(--color-muted)' },
      ]}
      labelRem={4.25}
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
  const high = roundUp(highest(points))
  const domain = [low, high > low ? high : 2 * low] as const
  return { scale: 'log', domain, ticks: logTicks(...domain, TICKS), format: formatTick }
}

function highest(points: readonly LossPoint[]): number {
  return Math.max(...points.map(({ loss }) => loss), Number.MIN_VALUE)
}
