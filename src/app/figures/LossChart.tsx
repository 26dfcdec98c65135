import type { ReactNode } from 'react'
import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import { formatNumber } from '../components/format.ts'
import type { AcrossAxis } from './across.ts'
import { Chart } from './Chart.tsx'
import { lossAxis } from './lossAxis.ts'
import type { LossPoint } from './lossSeries.ts'

interface Props {
  readonly modality: ModalityName
  /** At least one. */
  readonly points: readonly LossPoint[]
  readonly log: boolean
  readonly across: AcrossAxis
  /** What is drawn over the lines. */
  readonly children?: ReactNode
}

/** The loss of one run: each step, and smoothed. */
export function LossChart({ modality, points, log, across, children }: Props) {
  const colour = MODALITIES[modality].colour.shape
  const drawn = log ? points.filter(({ loss }) => loss > 0) : points
  const last = points[points.length - 1]
  return (
    <Chart
      label="Loss of this run"
      heightRem={13}
      points={drawn}
      series={[
        { key: 'loss', name: 'each step', colour, look: 'faint' },
        { key: 'smoothed', name: 'smoothed', colour, look: 'strong' },
      ]}
      axis={lossAxis(
        drawn.map(({ loss }) => loss),
        log,
      )}
      across={across}
      endLabels={[
        // Both at the smoothed end: at the raw one the label would jump with every step.
        { at: last.smoothed, text: 'smoothed', colour: 'var(--color-ink)' },
        { at: last.smoothed, text: 'each step', colour: 'var(--color-muted)' },
      ]}
      format={formatNumber}
    >
      {children}
    </Chart>
  )
}
