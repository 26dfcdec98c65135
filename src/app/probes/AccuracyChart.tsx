import type { Config } from '../../config/schema.ts'
import { acrossAxis } from '../figures/across.ts'
import { Chart, type Series } from '../figures/Chart.tsx'
import type { EndLabel } from '../figures/EndLabels.tsx'
import { linearTicks } from '../figures/ticks.ts'
import type { Learnt } from '../store/learnt.ts'
import { accuracyRange, accuracySeries, type AccuracyPoint, type Method } from './accuracy.ts'
import { formatShare, RANDOM, RAW } from './words.ts'

interface Props {
  readonly learnt: Learnt
  readonly method: Method
  readonly network: Config['probeNetwork']
  /** Steps made. */
  readonly step: number
}

const TICKS = 4

/** The accuracy of the probes over steps, between what it has to beat. */
export function AccuracyChart({ learnt, method, network, step }: Props) {
  const across = acrossAxis('step', step)
  const points = accuracySeries(learnt, method, across.last)
  const [low, high] = accuracyRange(points)
  return (
    <Chart
      label="Share of samples that are told right"
      heightRem={11}
      points={points}
      series={seriesOf(network)}
      axis={{
        scale: 'linear',
        domain: [low, high],
        ticks: linearTicks(low, high, TICKS),
        format: (tick) => `${Math.round(100 * tick)} %`,
      }}
      across={across}
      endLabels={endLabels(points, network)}
      format={formatShare}
    />
  )
}

function seriesOf(network: Config['probeNetwork']): readonly Series<'learnt' | 'random' | 'raw'>[] {
  return [
    { key: 'raw', name: RAW, colour: 'var(--color-muted)', look: 'dashed' },
    { key: 'random', name: RANDOM, colour: `var(--color-${network})`, look: 'dashed' },
    { key: 'learnt', name: network, colour: `var(--color-${network})`, look: 'strong' },
  ]
}

function endLabels(points: readonly AccuracyPoint[], network: Config['probeNetwork']): EndLabel[] {
  const colour = `var(--color-${network}-text)`
  const latest = points.findLast(({ learnt }) => learnt !== undefined)
  const { random, raw } = points[points.length - 1]
  return [
    ...(latest?.learnt === undefined ? [] : [{ at: latest.learnt, from: latest.at, text: network, colour }]),
    ...(random === undefined ? [] : [{ at: random, text: 'random', colour }]),
    ...(raw === undefined ? [] : [{ at: raw, text: 'raw input', colour: 'var(--color-muted)' }]),
  ]
}
