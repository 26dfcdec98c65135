/**
 * Exponential moving average of the first `length` values: a value counts half after `halfLife` further ones. It is
 * divided by the weight seen so far, so that the first values are not pulled towards zero. Values that are not finite
 * are skipped: the average goes on from the one before.
 */
export function smooth(values: ArrayLike<number>, length: number, halfLife: number): Float64Array {
  const keep = 2 ** (-1 / halfLife)
  const smoothed = new Float64Array(length)
  let sum = 0
  let weight = 0
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(values[i])) {
      sum = keep * sum + (1 - keep) * values[i]
      weight = keep * weight + (1 - keep)
    }
    smoothed[i] = weight === 0 ? NaN : sum / weight
  }
  return smoothed
}
