import { formatNumber } from '../components/format.ts'
import type { AcrossAxis } from '../figures/across.ts'
import { Chart } from '../figures/Chart.tsx'
import { formatTick, linearTicks, roundUp } from '../figures/ticks.ts'
import type { Measured } from './series.ts'

interface Props {
  /** What is drawn, for a person who cannot see it. */
  readonly label: string
  /** At least one. */
  readonly line: readonly Measured[]
  /** CSS colours: of the line, and of the value at its end. */
  readonly colour: { readonly line: string; readonly text: string }
  readonly across: AcrossAxis
}

const TICKS = 2

/** One quantity from 0 on, with its last value at its end. */
export function ValueChart({ label, line, colour, across }: Props) {
  const last = line[line.length - 1]
  const high = roundUp(Math.max(...line.map(({ value }) => value), Number.MIN_VALUE))
  return (
    <Chart
      label={label}
      heightRem={5}
      points={line}
      series={[{ key: 'value', name: label, colour: colour.line, look: 'strong' }]}
      axis={{ scale: 'linear', domain: [0, high], ticks: linearTicks(0, high, TICKS), format: formatTick }}
      across={across}
      endLabels={[{ at: last.value, text: formatNumber(last.value), colour: colour.text }]}
      format={formatNumber}
    />
  )
}
