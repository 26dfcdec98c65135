import { halfLife, tauAt } from '../../config/schedule.ts'
import type { Config } from '../../config/schema.ts'
import { formatCount, formatDecay } from '../components/format.ts'

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

/** τ(n) from the first update to the last, with the corner at the end of its rise. */
export function tauSeries(schedule: Schedule): TauPoint[] {
  const last = lastStep(schedule)
  const even = Array.from({ length: POINTS + 1 }, (_, i) => Math.round((last * i) / POINTS))
  const steps = [...new Set([...even, schedule.tauSteps])].sort((a, b) => a - b)
  return steps.map((step) => ({ step, tau: tauAt(schedule, step) }))
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
