import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { expectAsPlain, use } from '../../support/againstPlain.ts'

beforeAll(() => use('wasm'))

const WAYS = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const))

/** Matrices of up to 20 rows and columns that can be multiplied once they are transposed, in batches of so many. */
function shapes([transposeA, transposeB]: readonly [boolean, boolean], batch: number[]) {
  const side = fc.integer({ min: 1, max: 20 })
  return fc.tuple(side, side, side).map(([rows, inner, columns]) => [
    [...batch, ...(transposeA ? [inner, rows] : [rows, inner])],
    [...batch, ...(transposeB ? [columns, inner] : [inner, columns])],
  ])
}

test.each(WAYS.flatMap((way) => [[], [1], [3], [2, 3]].map((batch) => [...way, batch] as const)))(
  'WebAssembly multiplies as plain JavaScript does: transposed %s and %s, in a batch of %j',
  async (transposeA, transposeB, batch) => {
    const op = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, transposeA, transposeB)
    await expectAsPlain('product', { op, shapes: shapes([transposeA, transposeB], batch) }, 'wasm')
  },
)

test.each([[[]], [[5]]])('products in a batch of %j free what was transposed for them', (batch) => {
  const [a, b] = [tf.ones([...batch, 3, 4]), tf.ones([...batch, 5, 3])]
  const before = tf.engine().backend.numDataIds()
  tf.dispose(tf.matMul(a, b, true, true))
  expect(tf.engine().backend.numDataIds()).toBe(before)
  tf.dispose([a, b])
})

test('a matrix is multiplied with each of a batch', async () => {
  const op = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b)
  const shapes = fc.constant<number[][]>([
    [3, 2, 4],
    [1, 4, 5],
  ])
  await expectAsPlain('product', { op, shapes, valueOnly: true }, 'wasm')
})
