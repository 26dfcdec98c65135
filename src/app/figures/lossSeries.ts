import type { Across } from './across.ts'
import { extremeIndices } from './downsample.ts'
import type { LossColumns } from './lossLines.ts'
import { smooth } from './smooth.ts'

/** About one a pixel of the plot; more would cost time and show nothing. */
const MOST_POINTS = 300

/** Of all runs together, where several share a plot. */
const MOST_POINTS_OF_ALL = 480

/** Follows the first fall closely, and calms the noise of batches and masks in a long run. */
function halfLifeFor(steps: number): number {
  return Math.min(25, Math.max(2, steps / 50))
}

export interface LossPoint {
  /** Where on the x axis. */
  readonly at: number
  readonly loss: number
  readonly smoothed: number
}

/** The loss of each step and its running mean, thinned to what a chart can show; extremes stay. */
export function lossSeries(columns: LossColumns, across: Across): LossPoint[] {
  const { loss, length } = columns
  const smoothed = smooth(loss, length, halfLifeFor(length))
  return extremeIndices(loss, length, MOST_POINTS).map((i) => ({
    at: columns[across][i],
    loss: loss[i],
    smoothed: smoothed[i],
  }))
}

/** The smoothed loss of each run by its key, while that run goes on. */
export type RunsPoint = { readonly at: number } & Readonly<Record<string, number | undefined>>

/** The smoothed losses of several runs over one axis, thinned to what a chart can show; extremes of each stay. */
export function runsSeries(runs: Readonly<Record<string, LossColumns>>, across: Across): RunsPoint[] {
  const entries = Object.entries(runs)
  const most = Math.floor(MOST_POINTS_OF_ALL / entries.length)
  const lines = entries.map(([key, { loss, length, [across]: places }]) => ({
    key,
    places,
    smoothed: smooth(loss, length, halfLifeFor(length)),
    length,
  }))
  const chosen = lines.flatMap(({ places, smoothed, length }) =>
    extremeIndices(smoothed, length, most).map((i) => places[i]),
  )
  const all = Float64Array.from(new Set(chosen)).sort()
  return Array.from(all, (at) => {
    const losses = lines.flatMap(({ key, places, smoothed, length }) => {
      const i = lastAt(places, length, at)
      return i === undefined ? [] : [[key, smoothed[i]] as const]
    })
    return { ...Object.fromEntries(losses), at }
  })
}

/** The last of rising places that is not past `at`; none before the first and after the last. */
function lastAt(places: Float64Array, length: number, at: number): number | undefined {
  if (length === 0 || at < places[0] || at > places[length - 1]) return undefined
  let [low, high] = [0, length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (places[middle] <= at) low = middle
    else high = middle
  }
  return low
}
