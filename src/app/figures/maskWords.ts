import type { Config } from '../../config/schema.ts'
import type { Noun } from '../../config/about.ts'
import { countMasked, countWords } from '../views/words.ts'

/** What a mask hides, in words: “10 of 16 patches (63 %)”. */
export function describeMask(mask: Uint8Array, noun: Noun): string {
  return `${countWords(mask, noun)} (${Math.round((100 * countMasked(mask)) / mask.length)}\u00a0%)`
}

/** Spans overlap, so that they hide less than their ratio says; by more than this that needs a word. */
const NOTICED = 0.04

/** Why a mask of spans hides fewer tokens than the mask ratio says; empty where it does not. */
export function whyFewer(
  mask: Uint8Array,
  { maskRatio, method }: Pick<Config, 'maskRatio' | 'method'>,
): string {
  const share = countMasked(mask) / mask.length
  return method === '1' && share < maskRatio - NOTICED
    ? 'Spans overlap: fewer are hidden than the mask ratio says.'
    : ''
}
