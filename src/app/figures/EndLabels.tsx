import { usePlotArea, useYAxisScale } from 'recharts'
import { useRem } from '../components/rem.ts'
import { spread } from './spread.ts'

export interface EndLabel {
  /** Where its line ends, as a value of the y axis. */
  readonly at: number
  readonly text: string
  /** CSS colour. */
  readonly colour: string
}

const LINE_HEIGHT_REM = 0.875
const GAP_REM = 0.375

/** The names of lines, at their ends in the chart's right margin, pushed apart where lines end close together. */
export function EndLabels({ labels }: { readonly labels: readonly EndLabel[] }) {
  const rem = useRem()
  const scale = useYAxisScale()
  const area = usePlotArea()
  if (scale === undefined || area === undefined) return null
  const ends = labels.map(({ at }) => scale(at) ?? area.y)
  const placed = spread(ends, LINE_HEIGHT_REM * rem, area.y, area.y + area.height)
  const x = area.x + area.width + GAP_REM * rem
  return labels.map(({ text, colour }, i) => (
    <text key={text} x={x} y={placed[i]} dy="0.35em" fill={colour} fontSize="0.75rem">
      {text}
    </text>
  ))
}
