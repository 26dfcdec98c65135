import { expect, test } from 'vitest'
import { Random } from '../../../src/ops/random.ts'
import { decode, DecoderSums } from '../../../src/probes/decoder.ts'

const WIDTH = 5
const NUMBERS = 3
const TOKENS = 400

function normals(count: number, name: string): Float32Array {
  const random = Random.stream(1, name)
  return Float32Array.from({ length: count }, () => random.normal())
}

/** What an affine map makes of vectors: `[N, 5]` → `[N, 3]`. */
function mapped(vectors: Float32Array): Float32Array {
  const weights = normals(WIDTH * NUMBERS, 'weights')
  return Float32Array.from({ length: (vectors.length / WIDTH) * NUMBERS }, (_, at) => {
    const [token, p] = [Math.floor(at / NUMBERS), at % NUMBERS]
    let sum = 10 * (p + 1)
    for (let i = 0; i < WIDTH; i++) sum += weights[i * NUMBERS + p] * vectors[token * WIDTH + i]
    return sum
  })
}

const vectors = normals(TOKENS * WIDTH, 'vectors').map((value, i) => 3 + (1 + (i % WIDTH)) * value)

function fitted(drawn: Float32Array, parts = 1) {
  const sums = new DecoderSums(WIDTH, NUMBERS)
  const rows = TOKENS / parts
  for (let part = 0; part < parts; part++)
    sums.add(
      vectors.subarray(part * rows * WIDTH, (part + 1) * rows * WIDTH),
      drawn.subarray(part * rows * NUMBERS, (part + 1) * rows * NUMBERS),
    )
  return sums.fit()
}

test('finds the affine map that tokens are drawn by', () => {
  const decoder = fitted(mapped(vectors))
  const others = normals(20 * WIDTH, 'others')
  const drawn = decode(others, decoder)
  // The penalty is a thousandth of the mean variance, 11, and so takes 1 % of the weights of a channel of variance 1.
  mapped(others).forEach((value, i) => expect(Math.abs(drawn[i] - value)).toBeLessThan(0.2))
})

test('is the ridge regression of one number to another', () => {
  const sums = new DecoderSums(1, 1)
  sums.add(Float32Array.of(0, 2), Float32Array.of(1, 5))
  sums.add(Float32Array.of(4), Float32Array.of(6))
  // By hand: means 2 and 4, Σ(x − 2)(y − 4) = 10, Σ(x − 2)² = 8, variance 8/3.
  const slope = 10 / (8 + 3 * (1e-3 * (8 / 3) + 1e-6))
  const decoder = sums.fit()
  expect(decoder.weights[0]).toBeCloseTo(slope, 12)
  expect(decoder.bias[0]).toBeCloseTo(4 - 2 * slope, 12)
  expect(decoder.mean[0]).toBe(4)
})

test('is the same whether tokens come at once or a few at a time', () => {
  const drawn = mapped(vectors)
  const [whole, parts] = [fitted(drawn), fitted(drawn, 8)]
  parts.weights.forEach((weight, i) => expect(weight).toBeCloseTo(whole.weights[i], 9)) // sums in another order
})

test('draws the mean of what it draws of several vectors of their mean', () => {
  const decoder = fitted(mapped(vectors))
  const [a, b] = [vectors.slice(0, WIDTH), vectors.slice(WIDTH, 2 * WIDTH)]
  const [ofA, ofB] = [decode(a, decoder), decode(b, decoder)]
  const between = decode(
    a.map((value, i) => (value + b[i]) / 2),
    decoder,
  )
  between.forEach((value, p) => expect(value).toBeCloseTo((ofA[p] + ofB[p]) / 2, 4)) // float32 around 30
})

test('draws the mean of all tokens where all vectors are the same', () => {
  const drawn = mapped(vectors)
  const sums = new DecoderSums(WIDTH, NUMBERS)
  const constant = new Float32Array(TOKENS * WIDTH).fill(2)
  sums.add(constant, drawn)
  const decoder = sums.fit()
  decode(constant.subarray(0, WIDTH), decoder).forEach((value, p) =>
    expect(value).toBeCloseTo(decoder.mean[p], 5),
  )
})
