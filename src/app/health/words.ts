import type { Noun } from '../../config/about.ts'
import { formatNumber } from '../components/format.ts'
import type { Failing } from './rescues.ts'
import type { Verdict } from './verdict.ts'

/** A verdict in a few words, and what it means. */
export interface Words {
  readonly short: string
  readonly long: string
}

export function verdictWords(verdict: Verdict, token: Noun): Words {
  switch (verdict) {
    case 'unknown':
      return { short: 'Too early to say.', long: 'Targets need some steps to find their size.' }
    case 'unscaled':
      return {
        short: 'Not judged.',
        long: 'Nothing normalises these targets: they may be small and differ all the same.',
      }
    case 'healthy':
      return {
        short: 'No collapse.',
        long: `Targets differ from ${token.one} to ${token.one}, and at one place from sample to sample.`,
      }
    case 'shrinking':
      return {
        short: 'Answers grow alike.',
        long: `Targets differ less than half as much from ${token.one} to ${token.one} as they did.`,
      }
    case 'shrinkingAtPlaces':
      return {
        short: 'Samples grow alike.',
        long: 'At one place, targets differ less than half as much from sample to sample as they did.',
      }
    case 'silent':
      return {
        short: 'The student is silent.',
        long: `Its predictions are one and the same for every ${token.one}, while targets differ.`,
      }
    case 'constant':
      return {
        short: 'Collapsed: one answer for everything.',
        long: `Targets hardly differ from ${token.one} to ${token.one}.`,
      }
    case 'byPlace':
      return {
        short: 'Collapsed: one answer for each place.',
        long: `Targets say where a ${token.one} lies, and nothing of the sample.`,
      }
  }
}

/** The last values of the charts, for a person who cannot see them; those never measured are left out. */
export function describeValues(values: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${formatNumber(value)}.`]))
    .join(' ')
}

/** What has happened to a run that says the same everywhere, or the same at each place. */
export function failureWords(
  failing: Failing,
  token: Noun,
): { readonly title: string; readonly what: string } {
  return failing === 'constant'
    ? {
        title: 'This run has collapsed: one answer for everything',
        what: `The teacher gives nearly one and the same answer for every ${token.one}. Once the student gives it, too, the loss is near zero, and there is nothing left to learn from. What a classifier still finds was there at the start, or was learnt before the answers grew alike.`,
      }
    : {
        title: 'This run has collapsed: one answer for each place',
        what: `Both networks tell where a ${token.one} lies, and say the same there of every sample. The loss is low and the targets differ, but nothing is learnt of what is in the samples.`,
      }
}

/** “a”, “a and b”, “a, b and c”. */
export function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`
}
