import type { Config } from '../../config/schema.ts'

/** The reference stops a run whose targets vary less than this (spec §6, monitoring). */
const LEAST_SPREAD = 0.1

/** Targets start small where nothing normalises their mean, and need a few steps to find their size. */
const FIRST_STEPS = 20

/**
 * Whether the teacher says the same of every masked token.
 * @param targetStd the spread of targets where it was last measured; NaN if never
 */
export function hasCollapsed(
  { targetNorm, targetFinalNorm }: Pick<Config, 'targetNorm' | 'targetFinalNorm'>,
  step: number,
  targetStd: number,
): boolean {
  // Without any norm targets may be small and differ all the same.
  const hasScale = targetNorm !== 'none' || targetFinalNorm !== 'none'
  return hasScale && step >= FIRST_STEPS && targetStd < LEAST_SPREAD
}
