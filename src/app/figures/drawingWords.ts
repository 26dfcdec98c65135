import type { DrawingErrors } from '../../worker/protocol.ts'
import { formatNumber } from '../components/format.ts'

/** Errors as a sentence, for a person who cannot see the bars. */
export function describeErrors(what: string, { guess, perfect, mean }: DrawingErrors): string {
  return `${what}: ${formatNumber(guess)} for the student’s guess, ${formatNumber(perfect)} for the teacher’s answer, ${formatNumber(mean)} for always drawing the likeliest.`
}
