import { formatCount } from '../components/format.ts'
import type { Learnt } from '../store/learnt.ts'
import type { Method } from './accuracy.ts'

type Compared = 'above' | 'alike' | 'below'

/** Differences within so many standard errors are taken for chance. */
const CERTAIN = 2

/** What two accuracies on as many tested samples may differ by chance. */
export function marginOf(one: number, other: number, tested: number): number {
  return CERTAIN * Math.sqrt((one * (1 - one) + other * (1 - other)) / tested)
}

function compare(accuracy: number, other: number, tested: number): Compared {
  if (Math.abs(accuracy - other) <= marginOf(accuracy, other, tested)) return 'alike'
  return accuracy > other ? 'above' : 'below'
}

/** What always naming the most frequent class would get right, by a confusion `[classes, classes]` with a row for each. */
export function guessing(confusion: Uint32Array, classes: number): number {
  const rows = Array.from({ length: classes }, (_, row) =>
    confusion.subarray(row * classes, (row + 1) * classes).reduce((sum, count) => sum + count, 0),
  )
  const total = rows.reduce((sum, count) => sum + count, 0)
  return total === 0 ? NaN : Math.max(...rows) / total
}

/** What the latest accuracy means beside what it has to beat, in sentences; nothing while one of the two is missing. */
export function standing({ survey, probes, random, raw }: Learnt, method: Method): string {
  const latest = probes.at(-1)?.[method].accuracy
  if (latest === undefined || survey === null || random === null) return ''
  const { tested } = survey
  const learnt = besideStart(latest, random[method].accuracy, tested)
  return raw === null ? learnt : `${learnt} ${besideRaw(latest, raw[method].accuracy, tested)}`
}

function besideStart(latest: number, start: number, tested: number): string {
  switch (compare(latest, start, tested)) {
    case 'above':
      return 'It has learnt: more is told right than at the random start.'
    case 'alike':
      return `No more is told right than at the random start yet, as far as ${formatCount(tested)} tested samples can say (${margin(latest, start, tested)}).`
    case 'below':
      return 'So far less is told right than at the random start.'
  }
}

function besideRaw(latest: number, raw: number, tested: number): string {
  switch (compare(latest, raw, tested)) {
    case 'above':
      return 'It beats raw input, which is what the network gets, told apart in the same way.'
    case 'alike':
      return `Whether it beats raw input, which is what the network gets, ${formatCount(tested)} tested samples cannot say (${margin(latest, raw, tested)}).`
    case 'below':
      return 'Raw input, which is what the network gets, still tells more: small networks pass it after thousands of steps, if at all.'
  }
}

/** “± 3.9 points” */
function margin(one: number, other: number, tested: number): string {
  return `± ${(100 * marginOf(one, other, tested)).toFixed(1)} points`
}
