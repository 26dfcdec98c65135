import type { Features } from './features.ts'
import { solverOf } from './linearSystem.ts'
import { equationsOfFeatures, type LinearClassifier } from './ridge.ts'

const MOST_ITERATIONS = 200

/** It ends when no weight moves by more than this, on features of standard deviation 1. */
const TOLERANCE = 1e-3

/**
 * Multinomial logistic regression with a penalty on squared weights. Each iteration goes to the lowest point of a
 * parabola that lies above the loss (Böhning 1992), begun ahead in the direction of the last (Nesterov 1983) until that
 * leads astray (O’Donoghue and Candès 2015).
 * @param features `[N, F]`, of mean zero in each column
 * @param classOf the class of each row
 * @param penalty on half the squared weights, for each sample
 */
export function logistic(
  features: Features,
  classOf: ArrayLike<number>,
  classes: number,
  penalty: number,
): LinearClassifier {
  const descend = descentOf(features, classOf, classes, penalty)
  let before = new Float64Array((features.width + 1) * classes)
  let weights = before
  let straight = 0
  for (let i = 0; i < MOST_ITERATIONS; i++) {
    const from = ahead(before, weights, straight / (straight + 3))
    const next = descend(from)
    const { isBack, farthest } = compare(from, weights, next)
    straight = isBack ? 0 : straight + 1
    before = weights
    weights = next
    if (farthest < TOLERANCE) break
  }
  return { classes, weights }
}

/** What is as far beyond `b` as `factor` times the way from `a`. */
function ahead(a: Float64Array, b: Float64Array, factor: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(b, (value, i) => value + factor * (value - a[i]))
}

/** Whether the descent from a point ahead goes against the way made since the last, and the most that any weight moved. */
function compare(from: Float64Array, last: Float64Array, next: Float64Array) {
  let along = 0
  let farthest = 0
  for (let i = 0; i < next.length; i++) {
    const moved = next[i] - last[i]
    along += (next[i] - from[i]) * moved
    farthest = Math.max(farthest, Math.abs(moved))
  }
  return { isBack: along < 0, farthest }
}

/** From weights `[F + 1, classes]`, the last row the bias, to lower ones. */
function descentOf(
  features: Features,
  classOf: ArrayLike<number>,
  classes: number,
  penalty: number,
): (weights: Float64Array) => Float64Array<ArrayBuffer> {
  const { count, width } = features
  const { gram } = equationsOfFeatures(features, classOf, classes)
  const curvature = gram.map((sum) => sum / (2 * count)) // of softmax: never more than half
  for (let i = 0; i < width; i++) curvature[i * width + i] += penalty
  const solve = solverOf(curvature, width)
  return (weights) => {
    const slope = slopeOf(features, classOf, classes, weights)
    const bias = width * classes
    for (let i = 0; i < bias; i++) slope[i] += penalty * weights[i]
    const step = solve(slope.subarray(0, bias))
    return Float64Array.from(weights, (weight, i) => weight - (i < bias ? step[i] : 2 * slope[i]))
  }
}

/** The gradient of the mean cross entropy. */
function slopeOf(
  { count, width, values }: Features,
  classOf: ArrayLike<number>,
  classes: number,
  weights: Float64Array,
): Float64Array {
  const slope = new Float64Array(weights.length)
  const off = new Float64Array(classes)
  for (let row = 0; row < count; row++) {
    const sample = values.subarray(row * width, (row + 1) * width)
    off.set(weights.subarray(width * classes))
    for (let i = 0; i < width; i++)
      for (let c = 0; c < classes; c++) off[c] += sample[i] * weights[i * classes + c]
    softmax(off)
    off[classOf[row]] -= 1
    for (let c = 0; c < classes; c++) off[c] /= count
    for (let i = 0; i < width; i++)
      for (let c = 0; c < classes; c++) slope[i * classes + c] += sample[i] * off[c]
    for (let c = 0; c < classes; c++) slope[width * classes + c] += off[c]
  }
  return slope
}

function softmax(scores: Float64Array): void {
  const highest = Math.max(...scores)
  let sum = 0
  for (let c = 0; c < scores.length; c++) sum += scores[c] = Math.exp(scores[c] - highest)
  for (let c = 0; c < scores.length; c++) scores[c] /= sum
}
