import { countMasked } from '../stage/patches.ts'

/** What a mask hides, in words: “10 of 16 patches (63 %)”. */
export function describeMask(mask: Uint8Array): string {
  const hidden = countMasked(mask)
  const percent = Math.round((100 * hidden) / mask.length)
  return `${hidden} of ${mask.length} patches (${percent} %)`
}
