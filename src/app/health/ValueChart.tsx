import { formatNumber } from '../components/format.ts'
import type { AcrossAxis } from '../figures/across.ts'
import { Chart } from '../figures/Chart.tsx'
import { formatTick, linearTicks, roundUp } from '../figures/ticks.ts'
import { byKey, endsOfLines, seriesOfLines, type ComparedLine } from './comparedLines.ts'
import { joined, type LinePoint } from '../figures/joined.ts'

interface Props {
  /** What is drawn, for a person who cannot see it. */
  readonly label: string
  /** At least one. */
  readonly line: readonly LinePoint[]
  /** CSS colours: of the line, and of the value at its end. */
  readonly colour: { readonly line: string; readonly text: string }
  readonly across: AcrossAxis
  /** The same quantity of other runs. */
  readonly others?: readonly ComparedLine[]
}

const TICKS = 2

/** One quantity from 0 on, with its last value at its end. */
export function ValueChart({ label, line, colour, across, others = [] }: Props) {
  const last = line[line.length - 1]
  const all = [line, ...others.map((other) => other.line)].flat()
  const high = roundUp(Math.max(...all.map(({ value }) => value), Number.MIN_VALUE))
  return (
    <Chart<string>
      label={label}
      heightRem={5}
      points={joined({ value: line, ...byKey(others) })}
      series={[{ key: 'value', name: label, colour: colour.line, look: 'strong' }, ...seriesOfLines(others)]}
      axis={{ scale: 'linear', domain: [0, high], ticks: linearTicks(0, high, TICKS), format: formatTick }}
      across={across}
      endLabels={[
        { at: last.value, from: last.at, text: formatNumber(last.value), colour: colour.text },
        ...endsOfLines(others),
      ]}
      format={formatNumber}
    />
  )
}
