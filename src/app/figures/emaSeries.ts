import { halfLife, tauAt } from '../../config/schedule.ts'
import type { Config } from '../../config/schema.ts'
import { formatCount, formatDecay } from '../components/format.ts'
import type { Columns } from '../store/history.ts'

type Schedule = Pick<Config, 'tau' | 'tauEnd' | 'tauSteps' | 'steps'>

export interface TauPoint {
  readonly step: number
  readonly tau: number
}

/** Enough for a curve that is smooth on the axis of nines, where a straight line in τ bends. */
const POINTS = 200

/** The last step that the schedule or the run reaches. */
export function lastStep({ steps, tauSteps }: Schedule): number {
  return Math.max(steps, tauSteps)
}

/** τ of the steps that a run has made, one after another. */
type Made = Pick<Columns, 'step' | 'tau' | 'length'>

/**
 * τ(n) from the first update to the last, with the corner at the end of its rise.
 * @param made of these steps τ is what it was, whatever the schedule has been changed to since
 */
export function tauSeries(schedule: Schedule, made?: Made): TauPoint[] {
  const last = lastStep(schedule)
  const even = Array.from({ length: POINTS + 1 }, (_, i) => Math.round((last * i) / POINTS))
  const steps = [...new Set([...even, schedule.tauSteps])].sort((a, b) => a - b)
  return steps.map((step) => ({ step, tau: (made && tauOf(made, step)) ?? tauAt(schedule, step) }))
}

/** Undefined of a step that is not made yet. */
function tauOf({ step: steps, tau, length }: Made, step: number): number | undefined {
  if (length === 0 || step > steps[length - 1]) return undefined
  return tau[Math.min(length - 1, Math.max(0, step - steps[0]))]
}

/** What τ means, now and at the end of its schedule, in a sentence. */
export function meaningOf(tau: number, tauEnd: number): string {
  if (tau >= 1) return 'At τ = 1 the teacher is frozen: it takes nothing from the student.'
  if (tau <= 0) return 'At τ = 0 the teacher is a copy of the student at every step.'
  const later = tauEnd === tau || tauEnd >= 1 ? '' : `; at the end, in ${inSteps(halfLife(tauEnd))}`
  return `At τ = ${formatDecay(tau)} half of the teacher is replaced in ${inSteps(halfLife(tau))}${later}.`
}

/** “364 steps”, “1 step”, “less than a step”. */
export function inSteps(steps: number): string {
  if (steps < 1) return 'less than a step'
  const whole = Math.round(steps)
  return whole === 1 ? '1 step' : `${formatCount(whole)} steps`
}
