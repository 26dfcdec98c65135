import {
  abs,
  add,
  grad,
  moments,
  mul,
  reshape,
  scalar,
  sub,
  sum,
  tensor,
  zeros,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { attention } from '../../../src/ops/attention.ts'
import { gelu } from '../../../src/ops/gelu.ts'
import { clipFactor, globalNorm } from '../../../src/ops/globalNorm.ts'
import { linear } from '../../../src/ops/linear.ts'
import { instanceNorm, layerNorm } from '../../../src/ops/norm.ts'
import { maskedSmoothL1, tokenSmoothL1 } from '../../../src/ops/smoothL1.ts'
import { gradientError, waveTensor } from '../../support/finiteDifferences.ts'

/** Weights the elements unequally, so that no gradient cancels in the sum. */
const project = (x: Tensor) => sum<Scalar>(mul(x, waveTensor(x.shape, 99)))

/** What central differences in float32 leave of a right gradient. */
const GRADIENT_TOLERANCE = 5e-3

describe('linear', () => {
  test('multiplies by a weight of [out, in] and adds the bias, on any leading axes', () => {
    const weight = tensor([1, 2, 3, 4, 5, 6], [2, 3])
    const output = linear(tensor([1, 0, 0, 0, 1, 1], [1, 2, 3]), weight, tensor([10, 20], [2]))
    expect(output.arraySync()).toEqual([
      [
        [11, 24],
        [15, 31],
      ],
    ])
  })
})

describe('gelu', () => {
  test('is the exact erf form, not the tanh approximation', () => {
    // x·Φ(x) from tables of the normal distribution; tanh gives 0.841192 and -0.045402 for the first and last.
    const output = gelu(tensor([1, 0, 3, -2], [4])).dataSync()
    for (const [i, expected] of [0.8413447, 0, 2.9959503, -0.0455003].entries())
      expect(output[i]).toBeCloseTo(expected, 6)
  })

  test('has the right gradient', () => {
    expect(gradientError((x) => project(gelu(x)), [waveTensor([3, 7], 1)])).toBeLessThan(GRADIENT_TOLERANCE)
  })
})

describe('layerNorm', () => {
  test('has the right gradient in input, gain and bias', () => {
    const f = (x: Tensor, gain: Tensor, bias: Tensor) => project(layerNorm(x, 1e-5, gain, bias))
    const inputs = [waveTensor([2, 3, 8], 5), waveTensor([8], 6), waveTensor([8], 7)]
    expect(gradientError(f, inputs)).toBeLessThan(GRADIENT_TOLERANCE)
  })
})

describe('instanceNorm', () => {
  test('gives every channel of every sample mean 0 and variance 1 over its tokens', () => {
    const output = instanceNorm(waveTensor([2, 5, 3], 8), 0)
    const { mean, variance } = moments(output, 1)
    for (const x of mean.dataSync()) expect(x).toBeCloseTo(0, 5)
    for (const x of variance.dataSync()) expect(x).toBeCloseTo(1, 4)
  })

  test('has the right gradient', () => {
    const error = gradientError((x) => project(instanceNorm(x, 1e-5)), [waveTensor([2, 5, 3], 9)])
    expect(error).toBeLessThan(GRADIENT_TOLERANCE)
  })
})

describe('attention', () => {
  const [batch, tokens, heads, headWidth] = [2, 3, 2, 4]
  const width = heads * headWidth

  test('agrees with the definition, computed by hand for each head and token', () => {
    const qkv = waveTensor([batch, tokens, 3 * width], 10)
    const bias = waveTensor([heads, tokens, tokens], 11)
    const actual = attention(qkv, heads, { bias }).dataSync()
    const expected = byDefinition(qkv.dataSync(), bias.dataSync())
    expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5))
  })

  test('has the right gradient in queries, keys, values and bias', () => {
    const f = (qkv: Tensor, bias: Tensor) => project(attention(qkv, heads, { bias }))
    const inputs = [waveTensor([batch, tokens, 3 * width], 12), waveTensor([heads, tokens, tokens], 13)]
    expect(gradientError(f, inputs)).toBeLessThan(GRADIENT_TOLERANCE)
  })

  test('never looks at tokens that are not valid, and gives them no gradient', () => {
    const valid = tensor([1, 1, 0, 1, 0, 0], [batch, tokens])
    const isValid = reshape(valid, [batch, tokens, 1])
    const qkv = waveTensor([batch, tokens, 3 * width], 16)
    const changed = add(qkv, mul(sub(1, isValid), 7))
    const mixed = (x: Tensor) => mul(attention(x, heads, { valid }), isValid)
    expect(sum(abs(sub(mixed(changed), mixed(qkv)))).dataSync()[0]).toBe(0)
    const gradient = grad((x) => project(mixed(x)))(qkv)
    expect(sum(mul(abs(gradient), sub(1, isValid))).dataSync()[0]).toBe(0)
    expect(gradientError((x) => project(attention(x, heads, { valid })), [qkv])).toBeLessThan(
      GRADIENT_TOLERANCE,
    )
  })

  test('with a single valid token copies its value', () => {
    const qkv = waveTensor([1, 2, 3], 17)
    const mixed = attention(qkv, 1, { valid: tensor([0, 1], [1, 2]) }).dataSync()
    const value = qkv.dataSync()[5]
    expect([...mixed]).toEqual([value, value])
  })

  function byDefinition(qkv: ArrayLike<number>, bias: ArrayLike<number>): Float64Array {
    const output = new Float64Array(batch * tokens * width)
    const at = (part: number, b: number, t: number, h: number, d: number) =>
      qkv[(b * tokens + t) * 3 * width + part * width + h * headWidth + d]
    for (let b = 0; b < batch; b++)
      for (let h = 0; h < heads; h++)
        for (let query = 0; query < tokens; query++) {
          const logits = Array.from({ length: tokens }, (_, key) => {
            let dot = 0
            for (let d = 0; d < headWidth; d++) dot += at(0, b, query, h, d) * at(1, b, key, h, d)
            return dot / Math.sqrt(headWidth) + bias[(h * tokens + query) * tokens + key]
          })
          const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0)
          for (let d = 0; d < headWidth; d++)
            logits.forEach((logit, key) => {
              const place = (b * tokens + query) * width + h * headWidth + d
              output[place] += (Math.exp(logit) / total) * at(2, b, key, h, d)
            })
        }
    return output
  }
})

describe('smoothL1', () => {
  const error = [0.5, -1, 1.9, 2.1, -5]
  const mask = tensor([1, 1, 0], [1, 3])

  /** Each error is a token of one channel. */
  const losses = (beta: number) =>
    tokenSmoothL1(tensor(error, [1, 5, 1]), zeros([1, 5, 1]), scalar(beta), 1).dataSync()

  test('is the square for β = 0, without a half', () => {
    error.forEach((e, i) => expect(losses(0)[i]).toBeCloseTo(e * e, 5))
  })

  test('is ½e²/β below β and |e| − ½β above', () => {
    const expected = [0.0625, 0.25, 0.9025, 1.1, 4]
    expected.forEach((value, i) => expect(losses(2)[i]).toBeCloseTo(value, 5))
  })

  test('of a token is the mean over its channels, times a factor', () => {
    const both = tokenSmoothL1(tensor([1, 3], [1, 1, 2]), zeros([1, 1, 2]), scalar(0), 2)
    expect(both.dataSync()[0]).toBeCloseTo(10, 5)
  })

  test.each([0, 0.5, 2])(
    'has the right gradient for β = %f at the masked tokens, and none elsewhere',
    (beta) => {
      const target = mul(waveTensor([1, 3, 4], 14), 2)
      const f = (x: Tensor) => maskedSmoothL1(x, target, mask, scalar(beta), 3)
      expect(gradientError(f, [waveTensor([1, 3, 4], 15)])).toBeLessThan(GRADIENT_TOLERANCE)
      const unmasked = grad(f)(waveTensor([1, 3, 4], 15))
        .dataSync()
        .slice(8)
      expect(unmasked.every((slope) => slope === 0)).toBe(true)
    },
  )
})

describe('global norm', () => {
  test('runs over all tensors, and clips only what is longer than the limit', () => {
    const gradients = { each: [tensor([3]), tensor([[0, 4]])], flat: undefined }
    const norm = globalNorm({ weights: [], flat: undefined }, gradients)
    expect(norm.dataSync()[0]).toBeCloseTo(5, 6)
    expect(clipFactor(norm, scalar(1)).dataSync()[0]).toBeCloseTo(0.2, 5)
    expect(clipFactor(norm, scalar(10)).dataSync()[0]).toBe(1)
    expect(clipFactor(norm, scalar(0)).dataSync()[0]).toBe(1)
  })
})
