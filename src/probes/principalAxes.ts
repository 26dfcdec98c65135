import type { Random } from '../ops/random.ts'

/** Axes that are shown, and a few more that are followed so that those shown converge fast. */
const SHOWN = 3
const FOLLOWED = 6

const FIRST_ITERATIONS = 24
const LATER_ITERATIONS = 2

/** Share of the old centre and spread that each fit keeps: colours drift with the vectors, they do not flicker. */
const KEPT = 0.7

/**
 * Spreads below this, times √D, count as this: a collapsed cloud shall look like one point and not like its own noise, and two
 * vectors whose squared difference is small beside the 1 of normalised targets shall look alike.
 */
const LEAST_SPREAD = 0.25

/** Added to the covariance as a share of the mean variance, so that axes beyond the rank of the cloud stay where they are. */
const RIDGE = 1e-3

/**
 * The directions in which a cloud of vectors spreads most, followed from fit to fit by orthogonal iteration. Each fit
 * starts where the last one ended, so that axes neither swap nor change their sign as the cloud moves slowly.
 */
export class PrincipalAxes {
  private readonly width: number
  private readonly axes: Float32Array[]
  private readonly centre: Float32Array
  private readonly spread = new Float32Array(SHOWN)
  private fitted = false

  /** @param width numbers in a vector, D, at least three */
  constructor(width: number, random: Random) {
    this.width = width
    this.centre = new Float32Array(width)
    this.axes = Array.from({ length: Math.min(FOLLOWED, width) }, () =>
      Float32Array.from({ length: width }, () => random.normal()),
    )
    orthonormalise(this.axes)
  }

  /** Follows the cloud `vectors` `[N, D]`. */
  fit(vectors: Float32Array): void {
    const kept = this.fitted ? KEPT : 0
    const iterations = this.fitted ? LATER_ITERATIONS : FIRST_ITERATIONS
    blend(this.centre, meanOf(vectors, this.width), kept)
    const ridge = RIDGE * this.meanVariance(vectors) + Number.EPSILON
    for (let i = 0; i < iterations; i++) this.iterate(vectors, ridge)
    blend(this.spread, this.deviations(vectors), kept)
    this.fitted = true
  }

  /** Coordinates `[N, 3]` of `vectors` `[N, D]` along the axes, in standard deviations of the cloud. */
  project(vectors: Float32Array): Float32Array {
    const count = vectors.length / this.width
    const leastSpread = LEAST_SPREAD * Math.sqrt(this.width)
    const coordinates = new Float32Array(count * SHOWN)
    for (let n = 0; n < count; n++)
      for (let k = 0; k < SHOWN; k++)
        coordinates[n * SHOWN + k] =
          this.along(this.axes[k], vectors, n) / Math.max(this.spread[k], leastSpread)
    return coordinates
  }

  /** axes ← orthonormalise((covariance + ridge) · axes) */
  private iterate(vectors: Float32Array, ridge: number): void {
    const count = vectors.length / this.width
    for (const axis of this.axes) {
      const image = axis.map((value) => ridge * value)
      for (let n = 0; n < count; n++) {
        const length = this.along(axis, vectors, n)
        for (let d = 0; d < this.width; d++)
          image[d] += (length * (vectors[n * this.width + d] - this.centre[d])) / count
      }
      axis.set(image)
    }
    orthonormalise(this.axes)
  }

  /** Of a channel. */
  private meanVariance(vectors: Float32Array): number {
    let sum = 0
    for (let i = 0; i < vectors.length; i++) sum += (vectors[i] - this.centre[i % this.width]) ** 2
    return sum / vectors.length
  }

  private deviations(vectors: Float32Array): Float32Array {
    const count = vectors.length / this.width
    return Float32Array.from({ length: SHOWN }, (_, k) => {
      let sum = 0
      for (let n = 0; n < count; n++) sum += this.along(this.axes[k], vectors, n) ** 2
      return Math.sqrt(sum / count)
    })
  }

  /** Length of vector `n`, seen from the centre, along an axis. */
  private along(axis: Float32Array, vectors: Float32Array, n: number): number {
    let sum = 0
    for (let d = 0; d < this.width; d++) sum += axis[d] * (vectors[n * this.width + d] - this.centre[d])
    return sum
  }
}

function meanOf(vectors: Float32Array, width: number): Float32Array {
  const mean = new Float32Array(width)
  const count = vectors.length / width
  for (let i = 0; i < vectors.length; i++) mean[i % width] += vectors[i] / count
  return mean
}

function blend(into: Float32Array, fresh: Float32Array, kept: number): void {
  for (let i = 0; i < into.length; i++) into[i] = kept * into[i] + (1 - kept) * fresh[i]
}

/** Modified Gram–Schmidt, in place and in order. */
function orthonormalise(axes: readonly Float32Array[]): void {
  axes.forEach((axis, k) => {
    for (const earlier of axes.slice(0, k)) subtract(axis, earlier, dot(axis, earlier))
    const length = Math.sqrt(dot(axis, axis))
    for (let d = 0; d < axis.length; d++) axis[d] /= length
  })
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d]
  return sum
}

function subtract(from: Float32Array, direction: Float32Array, amount: number): void {
  for (let d = 0; d < from.length; d++) from[d] -= amount * direction[d]
}
