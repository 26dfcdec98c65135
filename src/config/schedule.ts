import type { Config } from './schema.ts'

/**
 * EMA decay used after update number `update` (1 for the first): a straight line from τ₀ to τₑ over `tauSteps`
 * updates, then τₑ (paper §3.2; spec §1).
 */
export function tauAt(config: Pick<Config, 'tau' | 'tauEnd' | 'tauSteps'>, update: number): number {
  const { tau, tauEnd, tauSteps } = config
  if (update >= tauSteps) return tauEnd
  return tauEnd - (tauEnd - tau) * (1 - update / tauSteps)
}

/** Updates after which half of the teacher has been replaced, were τ constant: τⁿ = ½. Infinite for τ = 1. */
export function halfLife(tau: number): number {
  if (tau <= 0) return 0
  return tau >= 1 ? Infinity : Math.log(0.5) / Math.log(tau)
}

/**
 * Learning rate of the update with 0-based index `step`: linear warm-up from 0, then a half cosine down to the floor,
 * which it keeps (spec §8; fairseq's indexing, in which the first update of a warm-up has rate 0, is shifted by one so
 * that every update moves).
 */
export function lrAt(config: Pick<Config, 'lr' | 'lrFloor' | 'warmup' | 'steps'>, step: number): number {
  const { lr, steps } = config
  const warmupSteps = Math.round(config.warmup * steps)
  if (step < warmupSteps) return (lr * (step + 1)) / warmupSteps
  return cosineLr({ lr, minLr: lr * config.lrFloor, warmupSteps, steps }, step)
}

export interface CosineSchedule {
  readonly lr: number
  readonly minLr: number
  readonly warmupSteps: number
  readonly steps: number
}

/** Half a cosine from `lr` at the end of the warm-up to `minLr` at `steps`, and constant after it. */
export function cosineLr({ lr, minLr, warmupSteps, steps }: CosineSchedule, step: number): number {
  const progress = Math.min(1, (step - warmupSteps) / Math.max(1, steps - warmupSteps))
  return minLr + 0.5 * (lr - minLr) * (1 + Math.cos(Math.PI * progress))
}
