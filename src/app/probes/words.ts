import type { Noun } from '../../config/about.ts'
import type { Config } from '../../config/schema.ts'
import type { SurveyEvent } from '../../worker/protocol.ts'
import { formatCount } from '../components/format.ts'
import type { Learnt } from '../store/learnt.ts'
import type { Method } from './accuracy.ts'

/** “71.2 %” */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

/** “14.9 points above its random start” */
export function compareWith(accuracy: number, other: number, name: string): string {
  const points = 100 * (accuracy - other)
  const size = Math.abs(points).toFixed(1)
  if (size === '0.0') return `as good as ${name}`
  return `${size} points ${points > 0 ? 'above' : 'below'} ${name}`
}

/** What the latest probe says of the run, in a sentence or two. */
export function describeLearnt(learnt: Learnt, method: Method, noun: Noun): string {
  const latest = learnt.probes.at(-1)
  const before = learnt.earlier.rows.at(-1)
  if (latest === undefined || learnt.survey === null)
    return before === undefined
      ? 'Nothing has been measured yet.'
      : `At step ${formatCount(before.step)} ${formatShare(before[method])} were told right.`
  const { accuracy } = latest[method]
  const tested = `${formatCount(learnt.survey.tested)} ${noun.many}`
  const comparisons = [
    ...(learnt.random ? [compareWith(accuracy, learnt.random[method].accuracy, RANDOM)] : []),
    ...(learnt.raw ? [compareWith(accuracy, learnt.raw[method].accuracy, RAW)] : []),
  ]
  const compared = comparisons.length === 0 ? '' : `: ${comparisons.join(', ')}`
  return `At step ${formatCount(latest.step)} ${formatShare(accuracy)} of ${tested} are told right${compared}.`
}

export const RANDOM = 'its random start'
export const RAW = 'raw input'

/** How a classifier tells what a sample is. */
export function describeMethod(method: Method, neighbours: number): string {
  if (method === 'linear') return 'A linear classifier is fitted to the frozen representation.'
  return neighbours === 1
    ? 'A sample is taken for what the one most like it is.'
    : `A sample is taken for what most of the ${neighbours} most like it are.`
}

/** What an empty figure will show, and how to come by it. */
export function whatWillCome(isTraining: boolean): string {
  return isTraining
    ? 'Its accuracy will be drawn here. Measuring may take a twentieth of the time, so on a slow device the first result is minutes away. Measure now does not wait.'
    : 'Its accuracy will be drawn here. Press Train, or Measure now.'
}

/** Why nothing can be told, and what would help. */
export function whyNot({ classes }: SurveyEvent, samples: Config['samples']): string {
  if (samples !== 'own') return 'These samples have no classes that could be told apart.'
  return classes.length === 0
    ? 'What your own files are is not known. Label them under Data, and how well they are told apart is measured at once.'
    : 'Too little of your own has a label yet: it takes about 25 labelled samples in all, of two kinds or more. Label more under Data.'
}
