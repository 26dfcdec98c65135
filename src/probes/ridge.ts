import type { Features } from './features.ts'
import { solve } from './linearSystem.ts'

/** A linear classifier: a score for each class, of which the highest wins. */
export interface LinearClassifier {
  readonly classes: number
  /** `[F + 1, classes]`; the last row is the bias. */
  readonly weights: Float64Array
}

/** What a ridge regression needs of its samples, whatever the strength of its penalty. */
export interface Sums {
  readonly width: number
  readonly classes: number
  readonly count: number
  /** `[F, F]`, the lower triangle: products of features, summed over samples. */
  readonly gram: Float64Array
  /** `[F, classes]`: products of features and classes. */
  readonly products: Float64Array
  /** Share of the samples that each class has. */
  readonly shares: Float64Array
}

/**
 * @param features `[N, F]`, of mean zero in each column
 * @param classOf the class of each row
 */
export function sumUp({ count, width, values }: Features, classOf: ArrayLike<number>, classes: number): Sums {
  const gram = new Float64Array(width * width)
  const products = new Float64Array(width * classes)
  const shares = new Float64Array(classes)
  for (let row = 0; row < count; row++) {
    const sample = values.subarray(row * width, (row + 1) * width)
    for (let i = 0; i < width; i++) {
      const value = sample[i]
      if (value === 0) continue
      const start = i * width
      for (let j = 0; j <= i; j++) gram[start + j] += value * sample[j]
      products[i * classes + classOf[row]] += value
    }
    shares[classOf[row]] += 1 / count
  }
  return { width, classes, count, gram, products, shares }
}

/**
 * Ridge regression from standardised features to one number for each class, 1 for a sample's own and 0 for all others.
 * @param penalty on squared weights, for each sample
 */
export function ridge(
  { width, classes, count, gram, products, shares }: Sums,
  penalty: number,
): LinearClassifier {
  const penalised = Float64Array.from(gram)
  for (let i = 0; i < width; i++) penalised[i * width + i] += penalty * count
  const weights = new Float64Array((width + 1) * classes)
  weights.set(solve(penalised, products, width))
  weights.set(shares, width * classes) // features have mean zero, so the bias is each class's share
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
