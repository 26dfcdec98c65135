import type { Config } from '../../config/schema.ts'
import type { HealthAt } from '../store/health.ts'
import type { Columns } from '../store/history.ts'

/** The reference stops a run whose targets vary less than this, and we ask the same of samples at one place (spec §6). */
export const LEAST_SPREAD = 0.1

/** Targets start small where nothing normalises their mean, and need a few steps to find their size. */
const FIRST_STEPS = 20

/**
 * What is lost of the greatest spread so far before that is called shrinking. Runs that learnt well lost a fifth of it at
 * most; those that collapsed were past this within 40 steps.
 */
const SHRUNK = 0.5

/** One spread over the run. */
export interface Course {
  /** Where it was last measured; NaN if never. */
  readonly now: number
  readonly highest: number
}

/** What the verdict rests on. */
export interface Signs {
  /** Steps completed. */
  readonly step: number
  /** Of targets over all hidden tokens. */
  readonly spread: Course
  /** Of targets across samples at one place. */
  readonly atOnePlace: Course
}

/**
 * `unknown`: too early. `unscaled`: targets have no fixed size, so a small spread says nothing. `shrinking`,
 * `shrinkingAtPlaces`: on the way to `constant`, one answer for everything, and `byPlace`, one answer for each place.
 */
export type Verdict =
  'unknown' | 'unscaled' | 'healthy' | 'shrinking' | 'shrinkingAtPlaces' | 'constant' | 'byPlace'

/**
 * What a run's targets say of it; of places only once targets differ at all. Small models (width 32, two blocks, batches
 * of 8) ended like this after 200 to 300 steps:
 *
 * | run                                                    | loss  | spread | at one place |
 * | ------------------------------------------------------ | ----: | -----: | -----------: |
 * | Tiny: Fashion-MNIST                                    | 0.34  |   0.99 |         0.59 |
 * | Tiny: emoji                                            | 0.75  |   0.99 |         0.93 |
 * | Tiny: instruments                                      | 0.18  |   0.89 |         0.88 |
 * | Tiny: WordNet                                          | 0.47  |   1.00 |         1.00 |
 * | Collapse                                               | 3e-5  |  0.005 |        0.005 |
 * | Collapse, instance norm                                | 0.35  |   0.79 |         0.46 |
 * | Collapse, τ from 0.999                                 | 0.010 |   0.30 |         0.07 |
 * | WordNet, sines, post-LN, feed-forward, instance norm   | 0.002 |   0.95 |         0.03 |
 *
 * Of the runs that end well the third from below comes nearest the limit, 0.15 at one place at step 15.
 */
export function judge(
  { targetNorm, targetFinalNorm }: Pick<Config, 'targetNorm' | 'targetFinalNorm'>,
  { step, spread, atOnePlace }: Signs,
): Verdict {
  if (targetNorm === 'none' && targetFinalNorm === 'none') return 'unscaled'
  if (!(step >= FIRST_STEPS) || Number.isNaN(spread.now)) return 'unknown'
  if (spread.now < LEAST_SPREAD) return 'constant'
  if (atOnePlace.now < LEAST_SPREAD) return 'byPlace'
  if (hasShrunk(spread)) return 'shrinking'
  return hasShrunk(atOnePlace) ? 'shrinkingAtPlaces' : 'healthy'
}

function hasShrunk({ now, highest }: Course): boolean {
  return now < SHRUNK * highest
}

/** Of values in their order; those that are NaN were not measured. */
export function courseOf(values: Iterable<number>): Course {
  let now = NaN
  let highest = -Infinity
  for (const value of values) {
    if (Number.isNaN(value)) continue
    now = value
    highest = Math.max(highest, value)
  }
  return { now, highest }
}

type Metrics = Pick<Columns, 'step' | 'target_std'>

/** The signs of a run in what was measured of it. */
export function signsOf({ step, target_std }: Metrics, healths: readonly HealthAt[]): Signs {
  return {
    step: step.at(-1) ?? 0,
    spread: courseOf(target_std),
    atOnePlace: courseOf(healths.map(({ position_std }) => position_std)),
  }
}
