import type { ReactNode } from 'react'
import {
  CartesianGrid,
  Line,
  LineChart,
  Tooltip,
  XAxis,
  YAxis,
  type AnimationInterpolateFn,
  type LinePointItem,
  type CartesianLayout,
} from 'recharts'
import { useRem } from '../components/rem.ts'
import type { AcrossAxis } from './across.ts'
import { EndLabels, type EndLabel } from './EndLabels.tsx'

/** One line of a chart. `Key` names the number that it draws. */
export interface Series<Key extends string> {
  readonly key: Key
  readonly name: string
  /** CSS colour. */
  readonly colour: string
  readonly look: keyof typeof LOOKS
}

/** The y axis: what it spans, which values it names and how. */
export interface ValueAxis {
  readonly scale: 'linear' | 'log'
  readonly domain: readonly [low: number, high: number]
  readonly ticks: readonly number[]
  readonly format: (value: number) => string
}

interface Props<Key extends string> {
  /** What the chart shows, for a person who cannot see it. */
  readonly label: string
  readonly heightRem: number
  /** A line joins the points at which it has numbers. */
  readonly points: readonly ({ readonly at: number } & Readonly<Partial<Record<Key, number>>>)[]
  readonly series: readonly Series<Key>[]
  readonly axis: ValueAxis
  readonly across: AcrossAxis
  readonly endLabels: readonly EndLabel[]
  /** A value in the box that follows the pointer. */
  readonly format: (value: number) => string
  readonly children?: ReactNode
}

const LOOKS = {
  strong: { strokeWidth: '0.125rem' },
  faint: { strokeWidth: '0.0625rem', strokeOpacity: 0.55 },
  dashed: { strokeWidth: '0.125rem', strokeDasharray: '0.3125rem 0.1875rem' },
  dotted: { strokeWidth: '0.125rem', strokeDasharray: '0.125rem 0.1875rem' },
  broken: { strokeWidth: '0.125rem', strokeDasharray: '0.5rem 0.125rem 0.125rem 0.125rem' },
}

/** Room for the labels at the right: the same in all charts, so that their axes stand under each other. */
const LABEL_REM = 4.75

/** Recharts mixes old points with new ones even where nothing is animated; the new ones are all that is drawn. */
const withoutAnimation: AnimationInterpolateFn<LinePointItem, CartesianLayout> = (items) =>
  (items ?? []).flatMap((item) => (item.status === 'removed' ? [] : [item.next]))

const TOOLTIP_LINE = { padding: 0, color: 'var(--color-ink)' }

const TOOLTIP = {
  padding: '0.25rem 0.5rem',
  border: '1px solid var(--color-rule)',
  borderRadius: 'var(--radius-plate)',
  background: 'var(--color-surface)',
  fontSize: '0.75rem',
}

/** Lines over steps or time. Nothing is animated: the data moves by itself, ten times a second. */
export function Chart<Key extends string>(props: Props<Key>) {
  const { label, heightRem, points, series, axis, across, endLabels, format, children } = props
  const rem = useRem()
  return (
    <LineChart
      responsive
      data={points}
      style={{ width: '100%', height: `${heightRem}rem` }}
      margin={{ top: 0.5 * rem, right: LABEL_REM * rem, bottom: 0, left: 0 }}
      aria-label={label}
    >
      <Axes axis={axis} across={across} />
      {series.map(({ key, name, colour, look }) => (
        <Line
          key={key}
          dataKey={key}
          name={name}
          stroke={colour}
          {...LOOKS[look]}
          dot={false}
          connectNulls
          activeDot={{ r: 0.1875 * rem }}
          isAnimationActive={false}
          animationInterpolateFn={withoutAnimation}
        />
      ))}
      {children}
      <EndLabels labels={endLabels} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--color-muted)', strokeDasharray: '2 2' }}
        formatter={(value) => format(Number(value))}
        labelFormatter={(at) => across.describe(Number(at))}
        separator=" "
        contentStyle={TOOLTIP}
        itemStyle={TOOLTIP_LINE}
      />
    </LineChart>
  )
}

const AXIS_TEXT = { fontSize: '0.6875rem', fill: 'var(--color-muted)' }

function Axes({ axis, across }: Pick<Props<string>, 'axis' | 'across'>) {
  const rem = useRem()
  return (
    <>
      <CartesianGrid vertical={false} stroke="var(--color-rule)" />
      <XAxis
        dataKey="at"
        type="number"
        domain={[0, across.last]}
        ticks={[...across.ticks]}
        tickFormatter={across.format}
        tickLine={false}
        stroke="var(--color-rule)"
        tick={AXIS_TEXT}
        height={1.5 * rem}
      />
      <YAxis
        scale={axis.scale}
        domain={[...axis.domain]}
        ticks={[...axis.ticks]}
        tickFormatter={axis.format}
        interval={0}
        allowDataOverflow
        tickLine={false}
        axisLine={false}
        tick={AXIS_TEXT}
        width={3 * rem}
      />
    </>
  )
}
