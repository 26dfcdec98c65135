import type { Features } from './features.ts'
import { solve } from './linearSystem.ts'
import { product } from './nearest.ts'

/** A linear classifier: a score for each class, of which the highest wins. */
export interface LinearClassifier {
  readonly classes: number
  /** `[F + 1, classes]`; the last row is the bias. */
  readonly weights: Float64Array
}

/** What a ridge regression needs of its samples, whatever the strength of its penalty. */
export interface Sums {
  readonly classes: number
  readonly count: number
  /** `[n, n]`, the lower triangle: the left side of its equations, without the penalty. */
  readonly gram: Float64Array
  /** `[n, classes]`: their right side. */
  readonly right: Float64Array
  /** `[F, classes]` from what solves them. */
  readonly weightsOf: (solution: Float64Array) => Float64Array
  /** Share of the samples that each class has. */
  readonly shares: Float64Array
}

/**
 * @param features `[N, F]`, of mean zero in each column
 * @param classOf the class of each row
 */
export function sumUp(features: Features, classOf: ArrayLike<number>, classes: number): Sums {
  const { count, width } = features
  const shares = new Float64Array(classes)
  for (let row = 0; row < count; row++) shares[classOf[row]] += 1 / count
  const system = width <= count ? equationsOfFeatures : equationsOfSamples
  return { classes, count, shares, ...system(features, classOf, classes) }
}

export type Equations = Pick<Sums, 'gram' | 'right' | 'weightsOf'>

/** (XᵀX + λ) · W = XᵀY: one equation for each feature. */
export function equationsOfFeatures(
  { count, width, values }: Features,
  classOf: ArrayLike<number>,
  classes: number,
): Equations {
  const gram = new Float64Array(width * width)
  const right = new Float64Array(width * classes)
  for (let row = 0; row < count; row++) {
    const sample = values.subarray(row * width, (row + 1) * width)
    for (let i = 0; i < width; i++) {
      const value = sample[i]
      if (value === 0) continue
      const start = i * width
      for (let j = 0; j <= i; j++) gram[start + j] += value * sample[j]
      right[i * classes + classOf[row]] += value
    }
  }
  return { gram, right, weightsOf: (solution) => solution }
}

/** (XXᵀ + λ) · A = Y with W = XᵀA, the same W: one equation for each sample. */
function equationsOfSamples(features: Features, classOf: ArrayLike<number>, classes: number): Equations {
  const { count, width, values } = features
  const gram = new Float64Array(count * count)
  const right = new Float64Array(count * classes)
  for (let row = 0; row < count; row++) {
    for (let other = 0; other <= row; other++)
      gram[row * count + other] = product(features, row, features, other)
    right[row * classes + classOf[row]] = 1
  }
  const weightsOf = (solution: Float64Array) => {
    const weights = new Float64Array(width * classes)
    for (let row = 0; row < count; row++)
      for (let i = 0; i < width; i++)
        for (let c = 0; c < classes; c++)
          weights[i * classes + c] += values[row * width + i] * solution[row * classes + c]
    return weights
  }
  return { gram, right, weightsOf }
}

/**
 * Ridge regression from standardised features to one number for each class, 1 for a sample's own and 0 for all others.
 * @param penalty on squared weights, for each sample
 */
export function ridge(
  { classes, count, gram, right, weightsOf, shares }: Sums,
  penalty: number,
): LinearClassifier {
  const unknowns = right.length / classes
  const penalised = Float64Array.from(gram)
  for (let i = 0; i < unknowns; i++) penalised[i * unknowns + i] += penalty * count
  const slopes = weightsOf(solve(penalised, right, unknowns))
  const weights = new Float64Array(slopes.length + classes)
  weights.set(slopes)
  weights.set(shares, slopes.length) // features have mean zero, so the bias is each class's share
  return { classes, weights }
}

/** The class of each row of `[N, F]`. */
export function classify({ count, width, values }: Features, classifier: LinearClassifier): Uint16Array {
  const { classes, weights } = classifier
  const found = new Uint16Array(count)
  const scores = new Float64Array(classes)
  for (let row = 0; row < count; row++) {
    scores.set(weights.subarray(width * classes))
    for (let i = 0; i < width; i++) {
      const value = values[row * width + i]
      for (let c = 0; c < classes; c++) scores[c] += value * weights[i * classes + c]
    }
    found[row] = scores.indexOf(Math.max(...scores))
  }
  return found
}
