import { abs, add, max, mul, reshape, slice, sub, tensor2d, tidy, type Tensor } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import type { Config } from '../../../src/config/schema.ts'
import type { Batch } from '../../../src/data2vec/batch.ts'
import { disposeLearner } from '../../../src/data2vec/learner.ts'
import { encodeMasked } from '../../../src/data2vec/student.ts'
import { encodeWhole } from '../../../src/data2vec/teacher.ts'
import { zeroPadding } from '../../../src/ops/tokens.ts'
import { tinyImages, tinyPassages, type Tiny } from './tinyLearner.ts'

const POSITIONS: [Config['positions'], Config['normPlacement']][] = [
  ['conv', 'embedded'],
  ['conv', 'post'],
  ['learned', 'post'],
  ['sincos', 'pre'],
  ['both', 'embedded'],
]

/** The largest difference between two batches in what either network makes of tokens that are no padding. */
function difference({ learner }: Tiny, one: Batch, other: Batch, valid: Tensor | undefined): number {
  return tidy(() => {
    const apart = [encodeWhole, encodeMasked].map((encode) => {
      const gap = sub(encode(learner, one).output, encode(learner, other).output)
      return max(abs(zeroPadding(gap, valid))).dataSync()[0]
    })
    return Math.max(...apart)
  })
}

describe.each(POSITIONS)('with %s positions and %s norm', (positions, normPlacement) => {
  test('tokens know nothing of the padding behind them', () => {
    const tiny = tinyPassages({ positions, normPlacement })
    const { input, valid, mask } = tiny.batch
    if (valid === undefined) throw new Error('The batch has padding.')
    const padding = reshape(sub(1, valid), [3, 5, 1])
    const changed: Batch = { ...tiny.batch, input: add(input, mul(padding, 50)) }
    expect(difference(tiny, tiny.batch, changed, valid)).toBe(0)
    expect(difference(tiny, tiny.batch, { input, mask }, valid)).toBeGreaterThan(0.01)
    disposeLearner(tiny.learner)
  })

  test('a batch without padding is the same whether it says so or not', () => {
    const tiny = tinyPassages({ positions, normPlacement })
    const { input, mask } = tiny.batch
    const unpadded = { input, mask }
    const allValid = { ...unpadded, valid: tensor2d(new Array<number>(15).fill(1), [3, 5]) }
    expect(difference(tiny, unpadded, allValid, undefined)).toBe(0)
    disposeLearner(tiny.learner)
  })
})

test.each(['sincos', 'conv'] as const)(
  'with %s positions a padded passage is encoded as the same without its padding',
  (positions) => {
    // Neither kind has weights that depend on the length, so that both learners start alike.
    const padded = tinyPassages({ positions })
    const short = tinyPassages({ positions, contextTokens: 3 })
    const input = slice(padded.batch.input, [1, 0, 0], [1, 3, 1]) // the second passage has three tokens
    const expected = encodeWhole(short.learner, { input }).output
    const actual = slice(encodeWhole(padded.learner, padded.batch).output, [1, 0, 0], [1, 3, -1])
    const values = actual.dataSync()
    expected.dataSync().forEach((value, i) => expect(values[i]).toBeCloseTo(value, 5))
    disposeLearner(padded.learner)
    disposeLearner(short.learner)
  },
)

test('the CLS token is never padding', () => {
  const tiny = tinyImages()
  const allValid = { ...tiny.batch, valid: tensor2d(new Array<number>(12).fill(1), [3, 4]) }
  expect(difference(tiny, tiny.batch, allValid, undefined)).toBe(0)
  disposeLearner(tiny.learner)
})
