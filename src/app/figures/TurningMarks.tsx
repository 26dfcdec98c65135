import { ReferenceLine } from 'recharts'
import type { Turning } from '../store/history.ts'
import type { Across } from './across.ts'

interface Props {
  readonly moves: readonly Turning[]
  /** What the chart’s x axis counts. */
  readonly by: Across
}

/** Readable on a curve that passes behind it. */
const NUMBER = {
  position: 'insideTopLeft',
  fontSize: '0.6875rem',
  fill: 'var(--color-muted)',
  stroke: 'var(--color-surface)',
  strokeWidth: '0.25rem',
  paintOrder: 'stroke',
} as const

/** A line in a chart for each time that settings were turned, with the number that it has in the list below. */
export function TurningMarks({ moves, by }: Props) {
  return moves.map((move, i) => (
    <ReferenceLine
      key={move.step}
      x={move[by]}
      stroke="var(--color-muted)"
      strokeDasharray="1 3"
      label={{ ...NUMBER, value: i + 1 }}
    />
  ))
}
