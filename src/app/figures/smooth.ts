/**
 * Running mean of the first `length` values in which a value counts half at `halfLife` steps away, on either side: it
 * does not lag behind a falling loss as a trailing mean does. At the end it is the trailing mean of what there is.
 * Values that are not finite are skipped.
 */
export function smooth(values: ArrayLike<number>, length: number, halfLife: number): Float64Array {
  const keep = 2 ** (-1 / halfLife)
  const sums = new Float64Array(length)
  const weights = new Float64Array(length)
  accumulate(values, 0, length, keep, sums, weights)
  // Backwards, and each value's own share once only.
  accumulate(values, length - 1, -1, keep, sums, weights)
  for (let i = 0; i < length; i++) {
    const measured = Number.isFinite(values[i])
    sums[i] = (sums[i] - (measured ? values[i] : 0)) / (weights[i] - (measured ? 1 : 0))
  }
  return sums
}

/** Adds to each position the decayed sum of the values from `start` up to it, and of their weights. */
function accumulate(
  values: ArrayLike<number>,
  start: number,
  end: number,
  keep: number,
  sums: Float64Array,
  weights: Float64Array,
): void {
  const direction = Math.sign(end - start)
  let sum = 0
  let weight = 0
  for (let i = start; i !== end; i += direction) {
    sum *= keep
    weight *= keep
    if (Number.isFinite(values[i])) {
      sum += values[i]
      weight += 1
    }
    sums[i] += sum
    weights[i] += weight
  }
}
