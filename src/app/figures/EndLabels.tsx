import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts'
import { useRem } from '../components/rem.ts'
import { spread } from './spread.ts'

export interface EndLabel {
  /** Where its line ends, as a value of the y axis. */
  readonly at: number
  /** And of the x axis, if that may be before the axis ends: a thread then leads from there to the label. */
  readonly from?: number
  readonly text: string
  /** CSS colour. */
  readonly colour: string
}

const LINE_HEIGHT_REM = 0.875
const GAP_REM = 0.375

/** The names of lines, at their ends in the chart's right margin, pushed apart where lines end close together. */
export function EndLabels({ labels }: { readonly labels: readonly EndLabel[] }) {
  const rem = useRem()
  const across = useXAxisScale()
  const scale = useYAxisScale()
  const area = usePlotArea()
  if (across === undefined || scale === undefined || area === undefined) return null
  const ends = labels.map(({ at }) => scale(at) ?? area.y)
  const placed = spread(ends, LINE_HEIGHT_REM * rem, area.y, area.y + area.height)
  const edge = area.x + area.width
  const gap = GAP_REM * rem
  return labels.map(({ text, colour, from }, i) => (
    <g key={text}>
      {from !== undefined && (
        <path
          d={`M${across(from) ?? edge} ${ends[i]}H${edge}L${edge + gap} ${placed[i]}`}
          fill="none"
          stroke={colour}
          strokeWidth="0.0625rem"
          strokeDasharray="1 3"
        />
      )}
      <text x={edge + gap} y={placed[i]} dx="0.125em" dy="0.35em" fill={colour} fontSize="0.75rem">
        {text}
      </text>
    </g>
  ))
}
