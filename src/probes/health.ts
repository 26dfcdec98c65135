import { Random } from '../ops/random.ts'

/** What tells a healthy teacher from a collapsed one, beside the spread over all tokens. */
export interface Health {
  /**
   * How far targets at one place differ from sample to sample. Near zero while targets differ from place to place
   * means that they tell where a token lies, and nothing of the sample.
   */
  readonly position_std: number
  /** In how many directions targets differ: from 1 up to their width, 0 where they do not differ at all. */
  readonly effective_rank: number
}

/** Several samples' vectors `[N, T, D]`, each sample's last ones padding. */
export interface Vectors {
  readonly values: Float32Array
  /** T, padding included. */
  readonly tokens: number
  /** D */
  readonly width: number
  /** Tokens of each of the N samples, without padding. */
  readonly lengths: readonly number[]
}

/** Tokens whose directions are counted, at most: the time that takes grows with them and with the width squared. */
const COUNTED_TOKENS = 256

/** Variances below this are those of rounding: the cloud is a point. */
const LEAST_VARIANCE = 1e-12

export function healthOf(vectors: Vectors): Health {
  const { width } = vectors
  const counted = thinned(realTokens(vectors), width, COUNTED_TOKENS)
  return { position_std: positionStd(vectors), effective_rank: effectiveRank(counted, width) }
}

/**
 * √ of the mean, over channels and places, of the unbiased variance across the samples at that place. Places that fewer
 * than two samples reach are left out; NaN if that is all of them.
 */
export function positionStd({ values, tokens, width, lengths }: Vectors): number {
  let sum = 0
  let places = 0
  for (let t = 0; t < tokens; t++) {
    const starts = lengths.flatMap((length, n) => (t < length ? [(n * tokens + t) * width] : []))
    if (starts.length < 2) continue
    places++
    for (let d = 0; d < width; d++) sum += variance(starts.map((start) => values[start + d]))
  }
  return Math.sqrt(sum / (places * width))
}

/** Unbiased. */
function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}

/**
 * The participation ratio (Σλ)² / Σλ² of the eigenvalues λ of the covariance that the vectors were drawn with: k where
 * they spread alike in k directions. That of the few vectors themselves would be too low, by half where there are as
 * many as directions: it is set right by what independent normal vectors are known to lose.
 * @param values `[N, D]`
 * @returns at most `width`; NaN for fewer than three vectors
 */
export function effectiveRank(values: Float32Array, width: number): number {
  const freedom = values.length / width - 1
  const ratio = participationRatio(values, width)
  return ratio === 0 ? 0 : Math.min(width, unbiased(ratio, freedom))
}

/**
 * Of a ratio (tr S)² / ‖S‖² of a covariance S that was estimated from n + 1 vectors, the ratio of unbiased estimates of
 * (tr C)² and ‖C‖² (Srivastava 2005): E (tr S)² = (tr C)² + 2‖C‖²/n, and E ‖S‖² = (1 + 1/n) ‖C‖² + (tr C)²/n.
 */
function unbiased(ratio: number, n: number): number {
  const rest = n - ratio
  return rest <= 0 && n > 1 ? Infinity : ((n - 1) * (n + 2) * ratio) / (n * rest) - 2 / n
}

/** (Σλ)² / Σλ² of the vectors' own covariance C as (tr C)² / ‖C‖², which needs no eigenvalue; 0 if they are all alike. */
function participationRatio(values: Float32Array, width: number): number {
  const sums = productSums(centre(values, width), width)
  let trace = 0
  let squares = 0
  for (let a = 0; a < width; a++) {
    trace += sums[a * width + a]
    for (let b = 0; b <= a; b++) squares += (a === b ? 1 : 2) * sums[a * width + b] ** 2
  }
  return trace / values.length < LEAST_VARIANCE ? 0 : (trace * trace) / squares
}

/** N · C, its lower half only, `[D, D]`. Row by row, because memory is read fastest in order. */
function productSums(centred: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(width * width)
  for (let row = 0; row < centred.length; row += width)
    for (let a = 0; a < width; a++) {
      const value = centred[row + a]
      for (let b = 0; b <= a; b++) sums[a * width + b] += value * centred[row + b]
    }
  return sums
}

function centre(values: Float32Array, width: number): Float64Array {
  const mean = new Float64Array(width)
  for (let i = 0; i < values.length; i++) mean[i % width] += values[i]
  const count = values.length / width
  return Float64Array.from(values, (value, i) => value - mean[i % width] / count)
}

/** The vectors of all tokens but the padding `[Σ lengths, D]`, one sample after another. */
export function realTokens({ values, tokens, width, lengths }: Vectors): Float32Array {
  const kept = new Float32Array(lengths.reduce((sum, length) => sum + length, 0) * width)
  let next = 0
  lengths.forEach((length, n) => {
    const first = n * tokens * width
    kept.set(values.subarray(first, first + length * width), next)
    next += length * width
  })
  return kept
}

/** At most `most` of the vectors `[N, D]`: always the same, but of no grid, which would leave places out. */
function thinned(values: Float32Array, width: number, most: number): Float32Array {
  const count = values.length / width
  if (count <= most) return values
  const order = Random.stream(0, 'health').order(count)
  const kept = new Float32Array(most * width)
  for (let i = 0; i < most; i++)
    kept.set(values.subarray(order[i] * width, (order[i] + 1) * width), i * width)
  return kept
}
