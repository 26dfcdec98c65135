import type { Noun } from '../../config/about.ts'
import { tauAt } from '../../config/schedule.ts'
import type { Config } from '../../config/schema.ts'
import { viewsOf } from '../../config/views.ts'
import type { PreparingEvent, Snapshot } from '../../worker/protocol.ts'
import { formatKept, formatNumber } from '../components/format.ts'
import { countMasked, countWords } from '../views/words.ts'

/** The picture as text: for a screen reader, and for anyone who wants its numbers. */
export function describeStage({ label, mask, loss, step }: Snapshot, noun: Noun, config: Config): string {
  const masked = countMasked(mask)
  const tau = tauAt(config, Math.max(1, step))
  return (
    `Step ${step}, sample “${label}”. The teacher sees all ${mask.length} ${noun.many}. ` +
    `The student sees ${mask.length - masked} of them; the other ${masked} are masked, and it predicts there what the teacher makes of them. ` +
    (config.method === '2'
      ? `It learns from ${viewsOf(config)} such views of each sample, and a decoder fills in what is masked. `
      : '') +
    `The mean difference at the masked ${noun.many}, which is the loss, is ${formatNumber(loss)}. ` +
    describeEma(tau)
  )
}

/** What the student does not get, in a sentence. */
export function describeHidden(mask: Uint8Array, noun: Noun, config: Config): string {
  const hidden = countWords(mask, noun)
  return config.method === '2'
    ? `${hidden} are hidden, as many in each view. The student gets the others alone.`
    : `${hidden} are hidden from the student: each is replaced by the same learnt token.`
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
