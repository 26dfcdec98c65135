/** Features of N samples, one row each: `[N, F]`, row by row. */
export interface Features {
  readonly count: number
  readonly width: number
  readonly values: Float32Array
}

/** The rows that `samples` name, in that order. */
export function rowsOf({ width, values }: Features, samples: readonly number[]): Features {
  const chosen = new Float32Array(samples.length * width)
  samples.forEach((sample, i) => {
    chosen.set(values.subarray(sample * width, (sample + 1) * width), i * width)
  })
  return { count: samples.length, width, values: chosen }
}

/** Below this a feature says nothing: it is left at zero rather than blown up. */
const LEAST_STD = 1e-6

/** Where features lie and how far they spread, each column for itself. */
export interface Scale {
  readonly mean: Float32Array
  /** 1 / standard deviation; 0 for a column that does not vary. */
  readonly factor: Float32Array
}

export function scaleOf({ count, width, values }: Features): Scale {
  const mean = new Float32Array(width)
  const factor = new Float32Array(width)
  for (let column = 0; column < width; column++) {
    let sum = 0
    for (let row = 0; row < count; row++) sum += values[row * width + column]
    const centre = sum / count
    let squares = 0
    for (let row = 0; row < count; row++) squares += (values[row * width + column] - centre) ** 2
    const std = Math.sqrt(squares / count)
    mean[column] = centre
    factor[column] = std < LEAST_STD ? 0 : 1 / std
  }
  return { mean, factor }
}

/** Every column in standard deviations from its mean, both as `scale` has them. */
export function standardise({ count, width, values }: Features, { mean, factor }: Scale): Features {
  const scaled = new Float32Array(count * width)
  for (let row = 0, i = 0; row < count; row++)
    for (let column = 0; column < width; column++, i++)
      scaled[i] = (values[i] - mean[column]) * factor[column]
  return { count, width, values: scaled }
}
