import type { EstimateEvent } from '../../worker/protocol.ts'
import { formatCount, formatNumber, formatRoughly } from '../components/format.ts'

interface Demand {
  readonly weights: number
  readonly estimate: EstimateEvent
  /** Of the whole run. */
  readonly steps: number
  /** Under which letter another run makes the same steps, if one does; the estimate is of both. */
  readonly beside?: string | undefined
}

/** Longer than somebody sits and watches, in seconds. */
const LONG = 3600

/** “871,234 weights, 56.2 MB of GPU memory, about 98.0 ms a step: 2 min for 1,500 steps.” */
export function describeDemand({ weights, estimate: { stepMs, gpuBytes }, steps, beside }: Demand): string {
  const memory = gpuBytes === null ? [] : [`${formatNumber(gpuBytes / 1e6)} MB of GPU memory`]
  const whose = beside === undefined ? `${formatCount(weights)} weights` : `With ${beside}`
  const parts = [whose, ...memory, `about ${formatNumber(stepMs)} ms a step`]
  return `${parts.join(', ')}: ${formatRoughly(secondsOf(stepMs, steps))} for ${formatCount(steps)} steps.`
}

/** Whether a smaller preset should be thought of. */
export function isLong(stepMs: number, steps: number): boolean {
  return secondsOf(stepMs, steps) > LONG
}

function secondsOf(stepMs: number, steps: number): number {
  return (stepMs * steps) / 1000
}
