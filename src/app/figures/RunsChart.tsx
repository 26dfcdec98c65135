import { MODALITIES, MODALITY_NAMES, type ModalityName } from '../../config/modalities.ts'
import { formatNumber } from '../components/format.ts'
import type { AcrossAxis } from './across.ts'
import { Chart, type Series } from './Chart.tsx'
import type { EndLabel } from './EndLabels.tsx'
import { lossAxis } from './lossAxis.ts'
import type { RunsPoint } from './lossSeries.ts'

const SERIES: readonly Series<ModalityName>[] = MODALITY_NAMES.map((name) => ({
  key: name,
  name: MODALITIES[name].title,
  colour: MODALITIES[name].colour.shape,
  look: 'strong',
}))

interface Props {
  /** At least one. */
  readonly points: readonly RunsPoint[]
  readonly log: boolean
  readonly across: AcrossAxis
}

/** The smoothed losses of all runs. */
export function RunsChart({ points, log, across }: Props) {
  const drawn = log ? points.filter((point) => lossesOf(point).every((loss) => loss > 0)) : points
  return (
    <Chart
      label="Losses of all runs"
      heightRem={13}
      points={drawn}
      series={SERIES}
      axis={lossAxis(drawn.flatMap(lossesOf), log)}
      across={across}
      endLabels={MODALITY_NAMES.flatMap((name) => endLabel(name, drawn))}
      format={formatNumber}
    />
  )
}

function lossesOf(point: RunsPoint): number[] {
  return MODALITY_NAMES.flatMap((name) => point[name] ?? [])
}

/** A run's name where its line ends; none before its first step. */
function endLabel(name: ModalityName, points: readonly RunsPoint[]): EndLabel[] {
  const last = points.findLast((point) => point[name] !== undefined)
  const loss = last?.[name]
  if (last === undefined || loss === undefined) return []
  return [{ at: loss, from: last.at, text: MODALITIES[name].title, colour: MODALITIES[name].colour.text }]
}
