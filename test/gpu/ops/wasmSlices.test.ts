import { slice, split, tensor, type Tensor } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { use } from '../../support/againstPlain.ts'
import { waveTensor } from '../../support/finiteDifferences.ts'

/** A shape of one to four axes, and where a part of it begins and how large it is. */
const part = fc
  .array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 3 }), fc.nat(2)), { minLength: 1, maxLength: 4 })
  .map((axes) => ({
    shape: axes.map(([before, length, after]) => before + length + after),
    begin: axes.map(([before]) => before),
    size: axes.map(([, length]) => length),
  }))

/** What an operation gives on a backend. */
async function results(backend: 'cpu' | 'wasm', run: () => Tensor[]): Promise<Float32Array[]> {
  await use(backend)
  return Promise.all(run().map(async (tensor) => Float32Array.from(await tensor.data())))
}

async function expectSame(run: () => Tensor[]): Promise<void> {
  const expected = await results('cpu', run)
  expect(await results('wasm', run)).toEqual(expected)
}

test('WebAssembly takes the same part of a tensor as plain JavaScript does', () =>
  fc.assert(
    fc.asyncProperty(part, ({ shape, begin, size }) =>
      expectSame(() => [slice(waveTensor(shape, 1), begin, size)]),
    ),
  ))

test('WebAssembly takes parts of whole numbers and of yes and no, and of nothing', () =>
  expectSame(() => [
    slice(tensor([1, 2, 3, 4, 5, 6], [2, 3], 'int32'), [0, 1], [2, 2]),
    slice(tensor([true, false, true, true], [2, 2], 'bool'), [1, 0], [1, 2]),
    slice(waveTensor([3, 4], 1), [1, 2], [0, 2]),
  ]))

test('WebAssembly splits a tensor as plain JavaScript does', () =>
  fc.assert(
    fc.asyncProperty(part, fc.nat(3), ({ shape, begin, size }, anyAxis) => {
      const axis = anyAxis % shape.length
      const sizes = [begin[axis], size[axis], shape[axis] - begin[axis] - size[axis]].filter((n) => n > 0)
      return expectSame(() => split(waveTensor(shape, 1), sizes, axis))
    }),
  ))
