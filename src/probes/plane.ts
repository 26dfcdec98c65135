import { Random } from '../ops/random.ts'
import { scaleOf, standardise, type Features } from './features.ts'

/** Axes that are drawn, and a few more that are followed, so that those drawn converge although others spread as far. */
const DRAWN = 2
const FOLLOWED = 8

const MOST_ITERATIONS = 100

/** Cosine of the angle that an axis still turns by in an iteration, below which it counts as found. */
const STILL = 1 - 1e-10

/** Added to the covariance as a share of a feature's variance: axes that the features do not have are then no zeros. */
const RIDGE = 1e-9

/**
 * Features seen from where they spread most: coordinates along the two principal axes of the standardised features
 * (PCA), in the order of the rows. They are mean-free; their sign is arbitrary.
 * @param features `[N, F]`
 * @returns `[N, 2]`
 */
export function principalPlane(features: Features): Float32Array {
  const standard = standardise(features, scaleOf(features))
  const axes = leadingAxes(covarianceOf(standard), standard.width)
  const { count, width, values } = standard
  const points = new Float32Array(count * DRAWN)
  for (let row = 0; row < count; row++)
    for (let k = 0; k < Math.min(DRAWN, width); k++)
      points[row * DRAWN + k] = dot(axes[k], values.subarray(row * width, (row + 1) * width))
  return points
}

/** `[F, F]`: of mean-free features. */
function covarianceOf({ count, width, values }: Features): Float64Array {
  const covariance = new Float64Array(width * width)
  for (let row = 0; row < count; row++) {
    const sample = values.subarray(row * width, (row + 1) * width)
    for (let i = 0; i < width; i++) {
      const share = sample[i] / count
      for (let j = 0; j <= i; j++) covariance[i * width + j] += share * sample[j]
    }
  }
  for (let i = 0; i < width; i++)
    for (let j = 0; j < i; j++) covariance[j * width + i] = covariance[i * width + j]
  return covariance
}

/** The eigenvectors of the largest eigenvalues, the largest first, by orthogonal iteration. */
function leadingAxes(covariance: Float64Array, width: number): Float64Array[] {
  const random = Random.stream(0, 'plane')
  let axes: Float64Array[] = Array.from({ length: Math.min(FOLLOWED, width) }, () =>
    Float64Array.from({ length: width }, () => random.normal()),
  )
  orthonormalise(axes)
  for (let i = 0; i < MOST_ITERATIONS; i++) {
    const next = axes.map((axis) => image(covariance, axis))
    orthonormalise(next)
    const isFound = axes.slice(0, DRAWN).every((axis, k) => Math.abs(dot(axis, next[k])) > STILL)
    axes = next
    if (isFound) break
  }
  return axes
}

/** (covariance + ridge) · axis */
function image(covariance: Float64Array, axis: Float64Array): Float64Array {
  const width = axis.length
  return axis.map(
    (value, row) => RIDGE * value + dot(axis, covariance.subarray(row * width, (row + 1) * width)),
  )
}

/** Modified Gram–Schmidt, in place and in order. */
function orthonormalise(axes: readonly Float64Array[]): void {
  axes.forEach((axis, k) => {
    for (const earlier of axes.slice(0, k)) {
      const amount = dot(axis, earlier)
      for (let d = 0; d < axis.length; d++) axis[d] -= amount * earlier[d]
    }
    const length = Math.sqrt(dot(axis, axis))
    for (let d = 0; d < axis.length; d++) axis[d] /= length
  })
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d]
  return sum
}
