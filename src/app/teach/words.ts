import type { Noun } from '../../config/about.ts'
import { formatCount } from '../components/format.ts'
import type { Teaching } from '../store/teaching.ts'

/** From here on a sample counts as found: more likeness to examples than to anything else. */
const SURE = 0.5

export function isSure(confidence: number): boolean {
  return confidence > SURE
}

/** “92 % sure” */
export function describeConfidence(confidence: number): string {
  return `${Math.round(100 * confidence)} % sure`
}

/** “The first 100 passages are looked through; 1,104 more were left out. …” */
export function describeLeftOut(used: number, leftOut: number, sample: Noun): string {
  return `The first ${formatCount(used)} ${sample.many} are looked through; ${formatCount(leftOut)} more were left out. To look through others, press Clear and choose fewer.`
}

/** What has been taught, for a person who cannot see it. */
export function describeTeaching(state: Teaching, file: Noun): string {
  const { gathered, examples, counterexamples, found, name } = state
  if (gathered === null || gathered.samples.length === 0) return `No ${file.many} have been given yet.`
  const thing = name.trim() || 'the new thing'
  if (examples.length === 0) return `${gathered.samples.length} to look through, no examples of ${thing} yet.`
  const sure = found?.gathered.filter(({ confidence }) => isSure(confidence)).length ?? 0
  return `${fromExamples(examples, counterexamples)} of ${thing}, ${sure} more ${sure === 1 ? 'was' : 'were'} found.`
}

/** “From one example and 3 counterexamples” */
export function fromExamples(examples: readonly unknown[], counterexamples: readonly unknown[]): string {
  const against = counterexamples.length === 0 ? '' : ` and ${countOf('counterexample', counterexamples)}`
  return `From ${countOf('example', examples)}${against}`
}

function countOf(noun: string, { length }: readonly unknown[]): string {
  return length === 1 ? `one ${noun}` : `${length} ${noun}s`
}
