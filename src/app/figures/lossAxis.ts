import type { ValueAxis } from './Chart.tsx'
import { formatTick, linearTicks, logTicks, roundDown, roundUp } from './ticks.ts'

const TICKS = 5

/** The y axis for losses; above 0, if it is logarithmic. */
export function lossAxis(losses: readonly number[], log: boolean): ValueAxis {
  const highest = Math.max(...losses, Number.MIN_VALUE)
  return log ? logAxis(Math.min(...losses), highest) : linearAxis(highest)
}

function linearAxis(highest: number): ValueAxis {
  const high = roundUp(highest)
  return { scale: 'linear', domain: [0, high], ticks: linearTicks(0, high, TICKS), format: formatTick }
}

function logAxis(lowest: number, highest: number): ValueAxis {
  const low = roundDown(lowest)
  const domain = [low, Math.max(highest, 2 * low)] as const
  return { scale: 'log', domain, ticks: logTicks(...domain, TICKS), format: formatTick }
}
