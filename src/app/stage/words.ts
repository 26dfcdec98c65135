import type { SnapshotEvent } from '../../worker/protocol.ts'
import { formatKept, formatNumber } from '../components/format.ts'
import { countMasked } from './patches.ts'

/** The picture as text: for a screen reader, and for anyone who wants its numbers. */
export function describeStage(snapshot: SnapshotEvent, tau: number): string {
  const { label, mask, loss, step } = snapshot
  return (
    `Step ${step}, sample “${label}”. The teacher sees all ${mask.length} patches. ` +
    `The student sees ${mask.length - countMasked(mask)} of them; the other ${countMasked(mask)} are masked, and it predicts there what the teacher makes of them. ` +
    `The mean difference at the masked patches, which is the loss, is ${formatNumber(loss)}. ` +
    describeEma(tau)
  )
}

/** How the teacher changes, in words. */
export function describeEma(tau: number): string {
  if (tau >= 1) return 'The teacher is frozen: it keeps all of itself and takes nothing from the student.'
  if (tau <= 0) return 'At each step the teacher becomes the student.'
  return `At each step the teacher keeps ${formatKept(tau)} of itself and takes the rest from the student.`
}

export function describePatch({ grid, mask, tokenLoss, loss }: SnapshotEvent, patch: number): string {
  const [, columns] = grid
  const place = `Row ${Math.floor(patch / columns) + 1}, column ${(patch % columns) + 1}`
  return mask[patch] === 1
    ? `${place}: masked. Its loss is ${formatNumber(tokenLoss[patch])}; the mean over masked patches is ${formatNumber(loss)}.`
    : `${place}: seen by both. It would have a loss of ${formatNumber(tokenLoss[patch])}, which does not count.`
}
