/** More would run into each other where they are drawn. */
const MOST_BARS = 40
/** What silence is drawn as, so that it is seen to be there. */
const SHORTEST = 0.04

/**
 * Bars from −1 to 1 around a middle line, one unit apart, for loudness over time; many peaks are gathered into the
 * loudest of their neighbourhood.
 */
export function peaksPath(
  peaks: ArrayLike<number>,
  full: number,
): { readonly path: string; readonly bars: number } {
  const bars = Math.min(MOST_BARS, peaks.length)
  const lines = Array.from({ length: bars }, (_, i) => {
    const [start, end] = [i, i + 1].map((edge) => Math.floor((edge * peaks.length) / bars))
    const height = Math.max(SHORTEST, loudest(peaks, start, end) / full)
    return `M${i + 0.5} ${round(-height)}V${round(height)}`
  })
  return { path: lines.join(''), bars }
}

function loudest(peaks: ArrayLike<number>, start: number, end: number): number {
  let most = 0
  for (let i = start; i < end; i++) most = Math.max(most, peaks[i])
  return most
}

function round(value: number): number {
  return Number(value.toFixed(2))
}
