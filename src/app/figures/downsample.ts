/**
 * Indices of at most `limit` of the first `length` values, chosen so that a line through them looks like a line through
 * all: the lowest and the highest of each bucket, in order, and the last. Values that are not finite are left out.
 *
 * Buckets are aligned to the start and their size is a power of two, so that a growing series keeps its points until
 * the size doubles, instead of shimmering at every update.
 */
export function extremeIndices(values: ArrayLike<number>, length: number, limit: number): number[] {
  const bucket = bucketSize(length, limit)
  if (bucket === 1) return finiteIndices(values, 0, length)
  const chosen: number[] = []
  for (let start = 0; start < length; start += bucket) {
    chosen.push(...extremesOf(values, start, Math.min(start + bucket, length)))
  }
  const last = length - 1
  if (Number.isFinite(values[last]) && chosen.at(-1) !== last) chosen.push(last)
  return chosen
}

/** Two points a bucket and one for the end have to stay within the limit. */
function bucketSize(length: number, limit: number): number {
  if (length <= limit) return 1
  let size = 2
  while (2 * Math.ceil(length / size) + 1 > limit) size *= 2
  return size
}

function finiteIndices(values: ArrayLike<number>, start: number, end: number): number[] {
  const indices: number[] = []
  for (let i = start; i < end; i++) if (Number.isFinite(values[i])) indices.push(i)
  return indices
}

function extremesOf(values: ArrayLike<number>, start: number, end: number): number[] {
  let low = -1
  let high = -1
  for (let i = start; i < end; i++) {
    if (!Number.isFinite(values[i])) continue
    if (low < 0 || values[i] < values[low]) low = i
    if (high < 0 || values[i] > values[high]) high = i
  }
  if (low < 0) return []
  return low === high ? [low] : [Math.min(low, high), Math.max(low, high)]
}
