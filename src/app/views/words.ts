import type { Noun } from '../../config/about.ts'
import type { Snapshot, SoundContent } from '../../worker/protocol.ts'
import { formatNumber } from '../components/format.ts'
import { chipsOf } from './chips.ts'

/** “10 of 16 patches” */
export function countWords(mask: Uint8Array, noun: Noun): string {
  return `${countMasked(mask)} of ${mask.length} ${mask.length === 1 ? noun.one : noun.many}`
}

export function countMasked(mask: Uint8Array): number {
  return mask.reduce((sum, masked) => sum + masked, 0)
}

/** A token in words: where it is, whether it is masked, and its loss. */
export function describeToken(snapshot: Snapshot, token: number): string {
  const { mask, tokenLoss, loss } = snapshot
  const place = placeOf(snapshot, token)
  return mask[token] === 1
    ? `${place}: masked. Its loss is ${formatNumber(tokenLoss[token])}; the mean over what is masked is ${formatNumber(loss)}.`
    : `${place}: seen by both. It would have a loss of ${formatNumber(tokenLoss[token])}, which does not count.`
}

/** Where a token is, or which it is. */
export function placeOf(
  { content, grid: [, columns] }: Pick<Snapshot, 'content' | 'grid'>,
  token: number,
): string {
  switch (content.kind) {
    case 'picture':
      return `Row ${Math.floor(token / columns) + 1}, column ${(token % columns) + 1}`
    case 'sound':
      return `${secondsAt(content, token)}–${secondsAt(content, token + 1)} s`
    case 'text': {
      const { text, replacement } = chipsOf(content)[token]
      const instead = replacement === null ? '' : `, of which the student sees “${replacement}” instead`
      return `“${text}”, token ${token + 1}${instead}`
    }
  }
}

function secondsAt({ tokenSamples, rate }: SoundContent, token: number): string {
  return ((token * tokenSamples) / rate).toFixed(2)
}
