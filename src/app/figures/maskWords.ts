import type { Noun } from '../../config/about.ts'
import { countMasked, countWords } from '../views/words.ts'

/** What a mask hides, in words: “10 of 16 patches (63 %)”. */
export function describeMask(mask: Uint8Array, noun: Noun): string {
  return `${countWords(mask, noun)} (${Math.round((100 * countMasked(mask)) / mask.length)}\u00a0%)`
}
