/** Added to a clip's variance, so that near silence is not blown up (spec §3.1). */
const EPSILON = 1e-5

const FULL_SCALE = 2 ** 15

/** What brings a clip's samples to mean 0 and variance 1: (sample − mean) · scale, for samples from −1 to 1. */
export interface Loudness {
  readonly mean: number
  readonly scale: number
}

/** As it is: samples from −1 to 1. */
export const AS_RECORDED: Loudness = { mean: 0, scale: 1 }

export function loudnessOf(samples: Int16Array): Loudness {
  let sum = 0
  let squares = 0
  for (let i = 0; i < samples.length; i++) {
    sum += samples[i]
    squares += samples[i] ** 2
  }
  const mean = sum / samples.length
  const variance = (squares / samples.length - mean ** 2) / FULL_SCALE ** 2
  return { mean: mean / FULL_SCALE, scale: 1 / Math.sqrt(variance + EPSILON) }
}

/** Fills `out` with a recording from sample `first` on, which may lie before its beginning; 0 where there is none. */
export function readStretch(
  samples: Int16Array,
  first: number,
  { mean, scale }: Loudness,
  out: Float32Array,
): void {
  out.fill(0)
  const end = Math.min(out.length, samples.length - first)
  for (let i = Math.max(0, -first); i < end; i++) out[i] = (samples[first + i] / FULL_SCALE - mean) * scale
}
