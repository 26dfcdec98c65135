import { solve } from './linearSystem.ts'

/**
 * A linear map from what a network makes of a token to the numbers by which the token is drawn. It is fitted to frozen
 * vectors: no gradient reaches the network. That it is linear makes it honest as well as quick: it can show no more
 * than the vectors say, and of a prediction that is the mean of several possible targets it draws their mean.
 */
export interface Decoder {
  /** Numbers in a vector, D. */
  readonly width: number
  /** Numbers that a token is drawn by, P. */
  readonly numbers: number
  /** `[D, P]` */
  readonly weights: Float64Array
  /** `[P]`: what is drawn of a vector of zeros. */
  readonly bias: Float64Array
  /** `[P]`: the mean of all tokens that it was fitted to. */
  readonly mean: Float64Array
}

/** On squared weights, for each token, as a share of the vectors' mean variance: steadies what few tokens tell of. */
const PENALTY = 1e-3

/** Added to that, so that vectors that are all the same still make a system that can be solved. */
const LEAST_PENALTY = 1e-6

/** Ridge regression by what it needs of its tokens, which may come a few at a time. */
export class DecoderSums {
  private readonly width: number
  private readonly numbers: number
  private readonly gram: Float64Array
  private readonly products: Float64Array
  private readonly vectorSum: Float64Array
  private readonly numberSum: Float64Array
  private count = 0

  constructor(width: number, numbers: number) {
    this.width = width
    this.numbers = numbers
    this.gram = new Float64Array(width * width)
    this.products = new Float64Array(width * numbers)
    this.vectorSum = new Float64Array(width)
    this.numberSum = new Float64Array(numbers)
  }

  /** Adds tokens: their vectors `[N, D]`, and the numbers that each should be drawn by, `[N, P]`. */
  add(vectors: Float32Array, drawn: Float32Array): void {
    const { width, numbers, gram, products } = this
    const count = vectors.length / width
    for (let token = 0; token < count; token++) {
      const vector = vectors.subarray(token * width, (token + 1) * width)
      const wanted = drawn.subarray(token * numbers, (token + 1) * numbers)
      const counting = indicesOfNonzero(wanted) // one in a thousand, where a token is one of so many
      for (let i = 0; i < width; i++) {
        const value = vector[i]
        for (let j = 0; j <= i; j++) gram[i * width + j] += value * vector[j]
        for (const p of counting) products[i * numbers + p] += value * wanted[p]
        this.vectorSum[i] += value
      }
      for (let p = 0; p < numbers; p++) this.numberSum[p] += wanted[p]
    }
    this.count += count
  }

  /** The decoder that draws all tokens so far with the least squared error, but for the penalty on its weights. */
  fit(): Decoder {
    const { width, numbers, count } = this
    const centre = this.vectorSum.map((sum) => sum / count)
    const mean = this.numberSum.map((sum) => sum / count)
    const gram = this.gram.map((sum, at) => {
      const [row, column] = [Math.floor(at / width), at % width]
      return column > row ? 0 : sum - count * centre[row] * centre[column]
    })
    const products = this.products.map(
      (sum, at) => sum - count * centre[Math.floor(at / numbers)] * mean[at % numbers],
    )
    let variance = 0
    for (let i = 0; i < width; i++) variance += gram[i * width + i] / count / width
    const penalty = count * (PENALTY * variance + LEAST_PENALTY)
    for (let i = 0; i < width; i++) gram[i * width + i] += penalty
    const weights = solve(gram, products, width)
    const bias = mean.map((value, p) => {
      let drawn = value
      for (let i = 0; i < width; i++) drawn -= centre[i] * weights[i * numbers + p]
      return drawn
    })
    return { width, numbers, weights, bias, mean }
  }
}

function indicesOfNonzero(values: Float32Array): number[] {
  const indices: number[] = []
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) indices.push(i)
  return indices
}

/** What vectors `[N, D]` are drawn by: `[N, P]`. */
export function decode(vectors: Float32Array, { width, numbers, weights, bias }: Decoder): Float32Array {
  const count = vectors.length / width
  const drawn = new Float32Array(count * numbers)
  for (let token = 0; token < count; token++)
    for (let p = 0; p < numbers; p++) {
      let sum = bias[p]
      for (let i = 0; i < width; i++) sum += vectors[token * width + i] * weights[i * numbers + p]
      drawn[token * numbers + p] = sum
    }
  return drawn
}
