import { useMemo } from 'react'
import { ReferenceDot, ReferenceLine } from 'recharts'
import { halfLife, tauAt } from '../../config/schedule.ts'
import type { Config } from '../../config/schema.ts'
import { formatCount, formatDecay } from '../components/format.ts'
import { useRem } from '../components/rem.ts'
import { LetterMark } from '../runs/LetterMark.tsx'
import { nameOf } from '../runs/words.ts'
import { useComparedNames, type NamedRun } from '../store/compared.ts'
import { useRun, useRunningConfig } from '../store/runState.ts'
import { stepAxis } from './across.ts'
import { Chart, type Series, type ValueAxis } from './Chart.tsx'
import { endOfCompared, seriesOfCompared } from './comparedLook.ts'
import { inSteps, lastStep, meaningOf, tauSeries, type TauPoint } from './emaSeries.ts'
import { FigureFrame } from './FigureFrame.tsx'
import { joined, type JoinedPoint, type LinePoint } from './joined.ts'
import { nines, ninesRange, ninesTicks, tauAtNines } from './nines.ts'
import { useHistory } from './useHistory.ts'

const SERIES: readonly Series<'nines'>[] = [
  { key: 'nines', name: 'τ', colour: 'var(--color-teacher)', look: 'strong' },
]

/** τ over the run, where it is now, and what it means for the teacher. */
export function EmaFigure() {
  const rem = useRem()
  const config = useRunningConfig()
  const history = useHistory()
  const step = history.length === 0 ? 0 : history.step[history.length - 1]
  const tau = tauAt(config, step)
  const last = lastStep(config)
  const compared = useComparedNames(useRun((state) => state.kept?.id))
  const others = useMemo(
    () => compared.filter(({ run }) => !isSameRise(run.config, config)),
    [compared, config],
  )
  const own = useMemo(() => tauSeries(config, history), [config, history])
  const points = useMemo(() => joinedSeries(own, others), [own, others])
  return (
    <FigureFrame
      title="EMA schedule"
      description={`τ goes from ${formatDecay(config.tau)} to ${formatDecay(config.tauEnd)} over ${inSteps(config.tauSteps)}. Now, at step ${formatCount(step)}, it is ${formatDecay(tau)}.`}
      caption={`${meaningOf(tau, config.tauEnd)} The closer τ comes to 1, the slower and steadier the teacher follows.`}
    >
      <Chart<string>
        label="EMA decay τ over steps"
        heightRem={9}
        points={points}
        series={[...SERIES, ...others.map(seriesOfCompared)]}
        axis={axisFor([...own.map(({ tau }) => tau), ...others.flatMap(({ run }) => endsOf(run.config))])}
        across={stepAxis(Math.max(last, ...others.map(({ run }) => lastStep(run.config))))}
        endLabels={[
          { at: nines(config.tauEnd), from: last, text: `τₑ ${formatDecay(config.tauEnd)}`, colour: TEXT },
          ...others.map((each) =>
            endOfCompared(each, lastStep(each.run.config), nines(each.run.config.tauEnd)),
          ),
        ]}
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
      <Letters runs={others} />
    </FigureFrame>
  )
}

function joinedSeries(own: readonly TauPoint[], others: readonly NamedRun[]): JoinedPoint[] {
  const ofOthers = others.map(({ run }) => [run.id, ninesSeries(tauSeries(run.config))] as const)
  return joined({ nines: ninesSeries(own), ...Object.fromEntries(ofOthers) })
}

/** What the letters at the ends of lines stand for; the figures that measure say more. */
function Letters({ runs }: { readonly runs: readonly NamedRun[] }) {
  if (runs.length === 0) return null
  return (
    <ul className="grid gap-1 text-xs" aria-label="Compared schedules">
      {runs.map(({ run, letter }) => (
        <li key={run.id}>
          <LetterMark letter={letter} /> {nameOf(run, undefined)}
        </li>
      ))}
    </ul>
  )
}

function ninesSeries(points: readonly TauPoint[]): LinePoint[] {
  return points.map(({ step, tau }) => ({ at: step, value: nines(tau) }))
}

function endsOf({ tau, tauEnd }: Config): number[] {
  return [tau, tauEnd]
}

/** Whether two runs have one curve. */
function isSameRise(one: Config, other: Config): boolean {
  return (['tau', 'tauEnd', 'tauSteps'] as const).every((name) => one[name] === other[name])
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
