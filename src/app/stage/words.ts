import type { Noun } from '../../config/about.ts'
import type { PreparingEvent, Snapshot } from '../../worker/protocol.ts'
import { formatKept, formatNumber } from '../components/format.ts'
import { countMasked } from '../views/words.ts'

/** The picture as text: for a screen reader, and for anyone who wants its numbers. */
export function describeStage({ label, mask, loss, step }: Snapshot, noun: Noun, tau: number): string {
  const masked = countMasked(mask)
  return (
    `Step ${step}, sample “${label}”. The teacher sees all ${mask.length} ${noun.many}. ` +
    `The student sees ${mask.length - masked} of them; the other ${masked} are masked, and it predicts there what the teacher makes of them. ` +
    `The mean difference at the masked ${noun.many}, which is the loss, is ${formatNumber(loss)}. ` +
    describeEma(tau)
  )
}

/** How the teacher changes, in words. */
export function describeEma(tau: number): string {
  if (tau >= 1) return 'The teacher is frozen: it keeps all of itself and takes nothing from the student.'
  if (tau <= 0) return 'At each step the teacher becomes the student.'
  return `At each step the teacher keeps ${formatKept(tau)} of itself and takes the rest from the student.`
}

/** What is being done before the first step. */
export function describePreparation({ stage, done, total }: PreparingEvent): string {
  const what = stage === 'measuring' ? 'matrix products tried out' : 'programs compiled'
  return `${done} of ${total} ${what}.`
}
