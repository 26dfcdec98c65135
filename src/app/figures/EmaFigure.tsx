import { useMemo } from 'react'
import { ReferenceDot, ReferenceLine } from 'recharts'
import { halfLife, tauAt } from '../../config/schedule.ts'
import type { Config } from '../../config/schema.ts'
import { formatCount, formatDecay } from '../components/format.ts'
import { useRem } from '../components/rem.ts'
import { useRunningConfig } from '../store/run.ts'
import { stepAxis } from './across.ts'
import { Chart, type Series, type ValueAxis } from './Chart.tsx'
import { inSteps, lastStep, meaningOf, tauSeries } from './emaSeries.ts'
import { FigureFrame } from './FigureFrame.tsx'
import { nines, ninesRange, ninesTicks, tauAtNines } from './nines.ts'
import { useHistory } from './useHistory.ts'

const SERIES: readonly Series<'nines'>[] = [
  { key: 'nines', name: 'τ', colour: 'var(--color-teacher)', look: 'strong' },
]

/** τ over the run, where it is now, and what it means for the teacher. */
export function EmaFigure() {
  const rem = useRem()
  const config = useRunningConfig()
  const { step: steps, length } = useHistory()
  const step = length === 0 ? 0 : steps[length - 1]
  const tau = tauAt(config, step)
  const last = lastStep(config)
  const points = useMemo(() => ninesSeries(config), [config])
  return (
    <FigureFrame
      title="EMA schedule"
      description={`τ goes from ${formatDecay(config.tau)} to ${formatDecay(config.tauEnd)} over ${inSteps(config.tauSteps)}. Now, at step ${formatCount(step)}, it is ${formatDecay(tau)}.`}
      caption={`${meaningOf(tau, config.tauEnd)} The closer τ comes to 1, the slower and steadier the teacher follows.`}
    >
      <Chart
        label="EMA decay τ over steps"
        heightRem={9}
        points={points}
        series={SERIES}
        axis={axisFor([config.tau, config.tauEnd, tau])}
        across={stepAxis(last)}
        endLabels={[{ at: nines(config.tauEnd), text: `τₑ ${formatDecay(config.tauEnd)}`, colour: TEXT }]}
        format={(mark) => describe(tauAtNines(mark))}
      >
        <ReferenceLine x={Math.min(step, last)} stroke="var(--color-muted)" strokeDasharray="2 3" />
        <ReferenceDot
          x={Math.min(step, last)}
          y={nines(tau)}
          r={0.3125 * rem}
          ifOverflow="visible"
          fill="var(--color-teacher)"
          stroke="var(--color-surface)"
          strokeWidth={2}
        />
      </Chart>
    </FigureFrame>
  )
}

function ninesSeries(config: Config): { at: number; nines: number }[] {
  return tauSeries(config).map(({ step, tau }) => ({ at: step, nines: nines(tau) }))
}

const TEXT = 'var(--color-teacher-text)'

function axisFor(taus: readonly number[]): ValueAxis {
  const domain = ninesRange(taus)
  const format = (mark: number) => String(tauAtNines(mark))
  return { scale: 'linear', domain, ticks: ninesTicks(domain), format }
}

function describe(tau: number): string {
  return `${formatDecay(tau)}, half-life ${inSteps(halfLife(tau))}`
}
