import type { Tensor } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { feedForward } from '../../../src/ops/feedForward.ts'
import { gelu } from '../../../src/ops/gelu.ts'
import { linear } from '../../../src/ops/linear.ts'
import { queryKeyValue } from '../../../src/ops/queryKeyValue.ts'
import { evaluate, expectAsPlain, use, type Case } from '../../support/againstPlain.ts'

/** Sizes around those of vectors, tiles and workgroups. */
const size = fc.constantFrom(1, 3, 4, 8, 17, 33, 64, 65)

const layerShapes = fc.tuple(fc.constantFrom(1, 3), size, size, size)

function feedForwardOf(x: Tensor, w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor, ...ends: Tensor[]): Tensor {
  const [residual, scale] = ends
  const weights = { fc1: { weight: w1, bias: b1 }, fc2: { weight: w2, bias: b2 } }
  return feedForward(x, weights, { residual, scale })
}

const feedForwardShapes = layerShapes.map(([b, t, d, h]) => [[b, t, d], [h, d], [h], [d, h], [d]])

const CASES: Record<string, Case> = {
  'linear without a bias': {
    op: (x, weight) => linear(x, weight),
    shapes: layerShapes.map(([b, t, i, o]) => [
      [b, t, i],
      [o, i],
    ]),
  },
  linear: {
    op: (x, weight, bias) => linear(x, weight, bias),
    shapes: layerShapes.map(([b, t, i, o]) => [[b, t, i], [o, i], [o]]),
  },
  'linear with a residual': {
    op: (x, weight, bias, residual) => linear(x, weight, bias, { residual }),
    shapes: layerShapes.map(([b, t, i, o]) => [[b, t, i], [o, i], [o], [b, t, o]]),
  },
  'linear with its own input as residual': {
    op: (x, weight, bias) => linear(x, weight, bias, { residual: x }),
    shapes: layerShapes.map(([b, t, i]) => [[b, t, i], [i, i], [i]]),
  },
  'linear with a scale': {
    op: (x, weight, bias, scale) => linear(x, weight, bias, { scale }),
    shapes: layerShapes.map(([b, t, i, o]) => [[b, t, i], [o, i], [o], [o]]),
  },
  'linear with residual and scale': {
    op: (x, weight, bias, residual, scale) => linear(x, weight, bias, { residual, scale }),
    shapes: layerShapes.map(([b, t, i, o]) => [[b, t, i], [o, i], [o], [b, t, o], [o]]),
  },
  'linear on many rows': {
    op: (x, weight, bias) => linear(x, weight, bias),
    shapes: fc.constantFrom(256, 257, 1000).map((rows) => [[rows, 4], [12, 4], [12]]),
  },
  queryKeyValue: {
    op: queryKeyValue,
    shapes: layerShapes.map(([b, t, d]) => [[b, t, d], [3 * d, d], [d], [d]]),
  },
  feedForward: { op: feedForwardOf, shapes: feedForwardShapes },
  'feedForward with residual and scale': {
    op: feedForwardOf,
    shapes: feedForwardShapes.map(([x, ...weights]) => [x, ...weights, x, [x[2]]]),
  },
  gelu: { op: gelu, shapes: fc.tuple(size, size).map((shape) => [shape]) },
}

beforeAll(() => use('cpu'))

describe('on WebGPU', () => {
  test.each(Object.entries(CASES))('%s and its gradient equal those of plain JavaScript', (name, each) =>
    expectAsPlain(name, each),
  )

  test('feedForward gives the same bits each time', async () => {
    await use('webgpu')
    const shapes = [[4, 65, 32], [128, 32], [128], [32, 128], [32]]
    expect(await evaluate(feedForwardOf, shapes)).toEqual(await evaluate(feedForwardOf, shapes))
  })
})
