import {
  concat,
  mul,
  reshape,
  sum,
  tensor1d,
  tensor2d,
  tensor3d,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { alibiSlopes } from '../../../src/data2vec/positions.ts'
import { viewOrder } from '../../../src/data2vec/viewOrder.ts'
import { putBack, repeatForViews, takeVisible, type Views } from '../../../src/data2vec/views.ts'
import { gradientError, waveTensor } from '../../support/finiteDifferences.ts'

/** Two views of each of two samples of four tokens; each hides two. */
const MASK = [0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1]
const WIDTH = 3

function views(): Views {
  const { seen, rank, places } = viewOrder(MASK, 4)
  return {
    perSample: 2,
    seen: tensor1d(seen),
    rank: tensor1d(rank),
    places: tensor2d(places, [4, 2]),
    noise: tensor2d(
      Array.from({ length: 8 * WIDTH }, (_, i) => 100 + i),
      [8, WIDTH],
    ),
  }
}

/** Each token is three times its number, counted through all views. */
const tokens = () =>
  tensor3d(
    Array.from({ length: 16 * WIDTH }, (_, i) => Math.floor(i / WIDTH)),
    [4, 4, WIDTH],
  )
const firstChannel = (x: Tensor) => [...x.dataSync()].filter((_, i) => i % WIDTH === 0)

describe('views of a batch', () => {
  test('give the student their visible tokens in order, and know their places', () => {
    const { places } = views()
    const visible = takeVisible(tokens(), views())
    expect(visible.shape).toEqual([4, 2, WIDTH])
    expect(firstChannel(visible)).toEqual([0, 3, 5, 6, 10, 11, 12, 13])
    expect([...places.dataSync()]).toEqual([0, 3, 1, 2, 2, 3, 0, 1])
  })

  test('get them back to their places, and noise where something is hidden', () => {
    const put = putBack(takeVisible(tokens(), views()), views())
    const expected = [0, 100, 103, 3, 106, 5, 6, 109, 112, 115, 10, 11, 12, 13, 118, 121]
    expect(put.shape).toEqual([4, 4, WIDTH])
    expect(firstChannel(put)).toEqual(expected)
  })

  test('that hide differently many tokens are refused: they could not be computed together', () => {
    expect(() => viewOrder([0, 1, 1, 0, 0, 1], 3)).toThrow(/equally many/)
    expect(() => viewOrder([0, 0, 0, 1], 2)).toThrow(/equally many/)
  })

  test('have the right gradients', () => {
    const weighted = (x: Tensor) => sum<Scalar>(mul(x, waveTensor(x.shape, 9)))
    const through = (samples: Tensor) => {
      const visible = takeVisible(repeatForViews(samples, views()), views())
      return weighted(concat([reshape(putBack(visible, views()), [-1]), reshape(visible, [-1])]))
    }
    // Linear: only rounding is left.
    expect(gradientError(through, [waveTensor([2, 4, WIDTH], 1)])).toBeLessThan(1e-3)
  })
})

describe('the slopes of ALiBi', () => {
  test('halve from head to head where there are eight', () => {
    expect(alibiSlopes(8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((i) => 2 ** -i))
  })

  test('are those of the next smaller power of two, and then every second of the next larger', () => {
    expect(alibiSlopes(6)).toEqual([2 ** -2, 2 ** -4, 2 ** -6, 2 ** -8, 2 ** -1, 2 ** -3])
    expect(alibiSlopes(1)).toEqual([2 ** -8])
  })
})
