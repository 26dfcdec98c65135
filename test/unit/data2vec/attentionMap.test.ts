import {
  dispose,
  matMul,
  reshape,
  scalar,
  slice,
  tensor1d,
  tidy,
  transpose,
  zerosLike,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { attentionMap } from '../../../src/data2vec/attentionMap.ts'
import { blockQueries, blockWeights, type Encoded } from '../../../src/data2vec/encoder.ts'
import { disposeLearner } from '../../../src/data2vec/learner.ts'
import { inspect } from '../../../src/data2vec/inspect.ts'
import { encodeMasked, studentLook } from '../../../src/data2vec/student.ts'
import { feedForward } from '../../../src/ops/feedForward.ts'
import { linear } from '../../../src/ops/linear.ts'
import { layerNorm } from '../../../src/ops/norm.ts'
import { tinyImages, tinyPassages, type Tiny } from './tinyLearner.ts'

const CASES: [string, () => Tiny][] = [
  ['pre-norm with a CLS token', () => tinyImages({ clsToken: true })],
  ['relative positions and layer scale', () => tinyImages({ positions: 'both', layerScale: 0.3 })],
  ['post-norm', () => tinyImages({ normPlacement: 'post', positions: 'learned' })],
  ['convolutional positions and padding', () => tinyPassages({ normPlacement: 'embedded' })],
]

/** What a block leaves behind, computed from its attention weights `[H, T, T]` by the textbook. */
function blockOutput({ learner }: Tiny, input: Tensor, map: Tensor, block: number): Tensor {
  const { config, student } = learner
  const { heads, width, normPlacement, normEpsilon } = config
  const weight = blockWeights(student, block)
  const norm = (x: Tensor, name: string) =>
    layerNorm(x, normEpsilon, weight(`${name}.weight`), weight(`${name}.bias`))
  const tokens = input.shape[1] ?? 0
  const values = slice(blockQueries(input, weight, config), [0, 0, 2 * width])
  const byHead = transpose(reshape(values, [tokens, heads, width / heads]), [1, 0, 2])
  const mixed = reshape(transpose(matMul(map, byHead), [1, 0, 2]), [1, tokens, width])
  const scale = (name: string) => (config.layerScale > 0 ? weight(name) : undefined)
  const attended = linear(mixed, weight('attention.output.weight'), weight('attention.output.bias'), {
    residual: input,
    scale: scale('scale1'),
  })
  const fc = (name: string) => ({ weight: weight(`ffn.${name}.weight`), bias: weight(`ffn.${name}.bias`) })
  const layers = { fc1: fc('fc1'), fc2: fc('fc2') }
  if (normPlacement !== 'post')
    return feedForward(norm(attended, 'norm2'), layers, { residual: attended, scale: scale('scale2') })
  const normed = norm(attended, 'norm1')
  return norm(feedForward(normed, layers, { residual: normed, scale: scale('scale2') }), 'norm2')
}

const firstOf = (x: Tensor) => slice(x, [0, 0, 0], [1, -1, -1])

test.each(CASES)('mixes the values to what each block leaves behind: %s', (_, create) => {
  const tiny = create()
  const { learner, batch } = tiny
  tidy(() => {
    const encoded: Encoded = encodeMasked(learner, batch)
    const entering = [encoded.input, ...encoded.blocks]
    encoded.blocks.forEach((output, block) => {
      const look = studentLook(learner, batch)
      const map = attentionMap(encoded, look, block, learner.student, learner.config)
      const expected = firstOf(output).dataSync()
      const actual = blockOutput(tiny, firstOf(entering[block]), map, block).dataSync()
      expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 4)) // float32 through a block
    })
  })
  disposeLearner(learner)
})

test('nobody attends to padding', () => {
  const { learner, batch } = tinyPassages()
  const { input, valid, mask } = batch
  if (valid === undefined) throw new Error('The batch has padding.')
  tidy(() => {
    // The second passage, of three tokens out of five, comes first.
    const second = {
      input: slice(input, [1, 0, 0], [1, -1, -1]),
      valid: slice(valid, [1, 0], [1, -1]),
      mask: slice(mask, [1, 0], [1, -1]),
    }
    const encoded = encodeMasked(learner, second)
    const map = attentionMap(encoded, studentLook(learner, second), 1, learner.student, learner.config)
    expect(map.shape).toEqual([2, 5, 5])
    map.dataSync().forEach((share, i) => {
      if (i % 5 >= 3) expect(share).toBe(0)
    })
  })
  disposeLearner(learner)
})

test('the student does not attend to a masked token as the teacher does, who sees it', () => {
  const { learner, batch } = tinyImages()
  const constants = { layerWeights: tensor1d([0.5, 0.5]), beta: scalar(0) }
  const { attention, ...said } = inspect(learner, batch, constants, 0)
  if (attention === undefined) throw new Error('It was asked for.')
  const [teacher, student] = [attention.teacher.dataSync(), attention.student.dataSync()]
  expect(Math.max(...teacher.map((share, i) => Math.abs(share - student[i])))).toBeGreaterThan(1e-3)
  const nothingMasked = { input: batch.input, mask: zerosLike(batch.mask) }
  const same = inspect(learner, nothingMasked, constants, 0)
  expect(same.attention?.student.dataSync()).toEqual(same.attention?.teacher.dataSync())
  dispose([{ ...said }, { ...attention }, nothingMasked.mask])
  disposeLearner(learner)
})
