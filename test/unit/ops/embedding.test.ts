import { mul, sum, tensor, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { embedding } from '../../../src/ops/embedding.ts'
import { gradientError, waveTensor } from '../../support/finiteDifferences.ts'

/** Id 1 is used three times, id 2 never. */
const IDS = [1, 0, 1, 1]

test.each([[[2, 2]], [[2, 2, 1]]])('takes the row of each id from ids of shape %j', (shape) => {
  const rows = embedding(tensor(IDS, shape), tensor([1, 2, 3, 4, 5, 6], [3, 2]))
  expect(rows.shape).toEqual([2, 2, 2])
  expect([...rows.dataSync()]).toEqual([3, 4, 1, 2, 3, 4, 3, 4])
})

test('has the right gradient, also for ids that are used often or never', () => {
  const ids = tensor(IDS, [2, 2])
  const project = (table: Tensor) => sum<Scalar>(mul(embedding(ids, table), waveTensor([2, 2, 2], 9)))
  // Linear in the table: only rounding is left.
  expect(gradientError(project, [waveTensor([3, 2], 1)])).toBeLessThan(1e-3)
})
