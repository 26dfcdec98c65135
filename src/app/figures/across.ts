import { formatCount, formatNumber } from '../components/format.ts'
import { formatTick, linearTicks } from './ticks.ts'

/** What runs along the x axis of a chart: steps, or seconds of training. */
export type Across = 'step' | 'seconds'

/** The x axis: what it spans, which values it names and how. */
export interface AcrossAxis {
  readonly last: number
  readonly ticks: readonly number[]
  /** A tick's name. */
  readonly format: (at: number) => string
  /** A place on it, in words. */
  readonly describe: (at: number) => string
}

/** With a shorter axis than this the lines would stretch at every update. */
const SHORTEST: Readonly<Record<Across, number>> = { step: 20, seconds: 1 }

/** From this many seconds on the axis counts minutes. */
const IN_MINUTES = 180

const TICKS = 3

export function acrossAxis(across: Across, end: number): AcrossAxis {
  const last = Math.max(SHORTEST[across], end)
  return across === 'step' ? stepAxis(last) : timeAxis(last)
}

export function stepAxis(last: number): AcrossAxis {
  return {
    last,
    ticks: linearTicks(0, last, TICKS),
    format: formatCount,
    describe: (step) => `step ${formatCount(step)}`,
  }
}

function timeAxis(last: number): AcrossAxis {
  const [unit, seconds] = last < IN_MINUTES ? ['s', 1] : ['min', 60]
  return {
    last,
    ticks: linearTicks(0, last / seconds, TICKS).map((tick) => tick * seconds),
    format: (at) => `${formatTick(at / seconds)} ${unit}`,
    describe: (at) => `after ${formatNumber(at / seconds)} ${unit}`,
  }
}
