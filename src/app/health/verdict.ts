import type { Config } from '../../config/schema.ts'
import type { HealthAt } from '../store/health.ts'
import type { Columns } from '../store/history.ts'

/** The reference stops a run whose targets vary less than this, and we ask the same of samples at one place (spec §6). */
export const LEAST_SPREAD = 0.1

/** The reference's limit for the predictions. */
const LEAST_PREDICTION_SPREAD = 0.01

/** Targets start small where nothing normalises their mean, and need a few steps to find their size. */
const FIRST_STEPS = 20

/** Predictions start alike, and loud positions may drown all else at first; both may change until the rate is up. */
const FIRST_STEPS_OF_LEARNING = 50

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
  /** Of predictions over all hidden tokens. */
  readonly predictions: Course
}

/**
 * `unknown`: too early. `unscaled`: targets have no fixed size, so a small spread says nothing. `shrinking`,
 * `shrinkingAtPlaces`: on the way to `constant`, one answer for everything, and `byPlace`, one answer for each place. `silent`: the student has one
 * answer, the teacher many.
 */
export type Verdict =
  'unknown' | 'unscaled' | 'healthy' | 'shrinking' | 'shrinkingAtPlaces' | 'constant' | 'byPlace' | 'silent'

type Judged = Pick<Config, 'targetNorm' | 'targetFinalNorm' | 'warmup' | 'steps'>

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
 * Of those that end well, Collapse with instance norm comes nearest the limit: 0.15 at one place at step 15. With sines twice
 * as loud it is 0.08 there, and 0.33 at step 60.
 */
export function judge(config: Judged, { step, spread, atOnePlace, predictions }: Signs): Verdict {
  const { targetNorm, targetFinalNorm, warmup, steps } = config
  if (targetNorm === 'none' && targetFinalNorm === 'none') return 'unscaled'
  if (!(step >= FIRST_STEPS) || Number.isNaN(spread.now)) return 'unknown'
  const learns = step >= Math.max(FIRST_STEPS_OF_LEARNING, warmup * steps)
  // Until then the student still has to find the one answer: its loss is high.
  if (spread.now < LEAST_SPREAD) return learns ? 'constant' : hasShrunk(spread) ? 'shrinking' : 'unknown'
  if (atOnePlace.now < LEAST_SPREAD) return learns ? 'byPlace' : 'unknown'
  if (predictions.now < LEAST_PREDICTION_SPREAD && learns) return 'silent'
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

type Metrics = Pick<Columns, 'step' | 'target_std' | 'pred_std'>

/** The signs of a run in what was measured of it. */
export function signsOf({ step, target_std, pred_std }: Metrics, healths: readonly HealthAt[]): Signs {
  return {
    step: step.at(-1) ?? 0,
    spread: courseOf(target_std),
    atOnePlace: courseOf(healths.map(({ position_std }) => position_std)),
    predictions: courseOf(pred_std),
  }
}
