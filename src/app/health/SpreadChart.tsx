import { ReferenceLine } from 'recharts'
import { formatNumber } from '../components/format.ts'
import type { AcrossAxis } from '../figures/across.ts'
import { Chart, type Series } from '../figures/Chart.tsx'
import type { EndLabel } from '../figures/EndLabels.tsx'
import { lossAxis } from '../figures/lossAxis.ts'
import { byKey, endsOfLines, seriesOfLines, type ComparedLine } from './comparedLines.ts'
import { joined, type LinePoint } from '../figures/joined.ts'
import type { SpreadLines } from './series.ts'
import { LEAST_SPREAD } from './verdict.ts'

const SERIES: readonly Series<keyof SpreadLines>[] = [
  { key: 'targets', name: 'targets', colour: 'var(--color-teacher)', look: 'strong' },
  { key: 'samePlace', name: 'targets at one place', colour: 'var(--color-teacher)', look: 'dashed' },
  { key: 'predictions', name: 'predictions', colour: 'var(--color-student)', look: 'strong' },
]

/** The axis shows at least this, so that the limit stands apart from its end, and no less than the lowest. */
const ALWAYS_SHOWN = [0.05, 1]
const LOWEST = 1e-3

const LIMIT: EndLabel = { at: LEAST_SPREAD, text: `limit ${LEAST_SPREAD}`, colour: 'var(--color-muted)' }

interface Props {
  readonly lines: SpreadLines
  readonly across: AcrossAxis
  /** The spread of other runs’ targets. */
  readonly others: readonly ComparedLine[]
}

/** How far targets and predictions differ, against the limit below which the reference calls it a collapse. */
export function SpreadChart({ lines, across, others }: Props) {
  const { targets, predictions, samePlace } = lines
  const drawn = [targets, predictions, samePlace, ...others.map(({ line }) => line)]
  const shown = drawn.flat().map(({ value }) => Math.max(LOWEST, value))
  return (
    <Chart<string>
      label="Spread of targets and predictions"
      heightRem={9}
      points={joined({ ...lines, ...byKey(others) })}
      series={[...SERIES, ...seriesOfLines(others)]}
      axis={lossAxis([...shown, ...ALWAYS_SHOWN], true)}
      across={across}
      endLabels={[
        ...endLabel(targets, 'targets', 'var(--color-teacher-text)'),
        ...endLabel(samePlace, 'same place', 'var(--color-teacher-text)'),
        ...endLabel(predictions, 'predictions', 'var(--color-student-text)'),
        ...endsOfLines(others, LOWEST),
        LIMIT,
      ]}
      format={formatNumber}
    >
      <ReferenceLine y={LEAST_SPREAD} stroke="var(--color-muted)" strokeDasharray="2 3" />
    </Chart>
  )
}

function endLabel(line: readonly LinePoint[], text: string, colour: string): EndLabel[] {
  const last = line.at(-1)
  return last === undefined ? [] : [{ at: Math.max(LOWEST, last.value), from: last.at, text, colour }]
}
