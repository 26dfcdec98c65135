import { logTicks } from './ticks.ts'

/** The closest to 1 that the axis tells apart from 1: the schema's finest step of τ is 0.00001. */
const MOST_NINES = 5

/** 1 − 0.99 is a little more than 0.01 in binary. */
const ROUNDING = 1e-9

/** A frozen teacher (τ = 1) lies one mark above the largest τ that moves. */
const FROZEN = MOST_NINES + 1

/**
 * Where τ lies on an axis on which 0.9, 0.99, 0.999 … are equally far apart: −log₁₀(1 − τ), the number of nines. On a
 * linear axis everything between 0.99 and 1 would be one line.
 */
export function nines(tau: number): number {
  if (tau >= 1) return FROZEN
  return Math.min(MOST_NINES, Math.max(0, -Math.log10(1 - tau)))
}

/** The τ at a mark of that axis: 2 → 0.99. */
export function tauAtNines(mark: number): number {
  return mark >= FROZEN ? 1 : Number((1 - 10 ** -mark).toFixed(MOST_NINES))
}

/** Whole marks around all of `taus`: at least two, so that the axis has an extent. */
export function ninesRange(taus: readonly number[]): [low: number, high: number] {
  const marks = taus.map(nines)
  const low = Math.floor(Math.min(...marks) + ROUNDING)
  const high = Math.ceil(Math.max(...marks) - ROUNDING)
  if (high > low) return [low, high]
  return low > 0 ? [low - 1, Math.min(FROZEN, high + 1)] : [0, 1]
}

const TICKS = 6

/** Marks to name between two whole ones: 0.99, 0.995, 0.998, 0.999 while there is room, then whole nines only. */
export function ninesTicks([low, high]: readonly [low: number, high: number]): number[] {
  const top = Math.min(high, MOST_NINES)
  const moving = top > low ? logTicks(10 ** -top, 10 ** -low, TICKS).map((rest) => nines(1 - rest)) : [low]
  return (high > top ? [...moving, high] : moving).sort((a, b) => a - b)
}
