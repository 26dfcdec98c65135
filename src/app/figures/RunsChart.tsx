import type { ReactNode } from 'react'
import { formatNumber } from '../components/format.ts'
import type { AcrossAxis } from './across.ts'
import { Chart } from './Chart.tsx'
import type { EndLabel } from './EndLabels.tsx'
import { lossAxis } from './lossAxis.ts'
import type { LossLine } from './lossLines.ts'
import type { RunsPoint } from './lossSeries.ts'

interface Props {
  /** At least one. */
  readonly lines: readonly LossLine[]
  /** At least one. */
  readonly points: readonly RunsPoint[]
  readonly log: boolean
  readonly across: AcrossAxis
  /** What is drawn over the lines. */
  readonly children?: ReactNode
}

/** The smoothed losses of several runs. */
export function RunsChart({ lines, points, log, across, children }: Props) {
  const lossesOf = (point: RunsPoint) => lines.flatMap(({ key }) => point[key] ?? [])
  const drawn = log ? points.filter((point) => lossesOf(point).every((loss) => loss > 0)) : points
  return (
    <Chart
      label="Losses of several runs"
      heightRem={13}
      points={drawn}
      series={lines.map(({ key, name, colour, look }) => ({ key, name, colour: colour.shape, look }))}
      axis={lossAxis(drawn.flatMap(lossesOf), log)}
      across={across}
      endLabels={lines.flatMap((line) => endLabel(line, drawn))}
      format={formatNumber}
    >
      {children}
    </Chart>
  )
}

/** A run's title where its line ends; none before its first step. */
function endLabel({ key, title, colour }: LossLine, points: readonly RunsPoint[]): EndLabel[] {
  const last = points.findLast((point) => point[key] !== undefined)
  const loss = last?.[key]
  return last === undefined || loss === undefined
    ? []
    : [{ at: loss, from: last.at, text: title, colour: colour.text }]
}
