import { mul, sum, tensor, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { selectRows, usersOf } from '../../../src/ops/selectRows.ts'
import { gradientError, waveTensor } from '../../support/finiteDifferences.ts'

/** Row 1 of three is used three times, row 2 never. */
const INDEX = Int32Array.of(1, 0, 1, 1)
const { users, most } = usersOf(INDEX, 3)

const index = tensor(Float32Array.from(INDEX), [4])
const usersTensor = tensor(users, [3, most])

const select = (table: Tensor) => selectRows(table, index, usersTensor)

test('takes the rows that the index names', () => {
  const rows = select(tensor([1, 2, 3, 4, 5, 6], [3, 2]))
  expect([...rows.dataSync()]).toEqual([3, 4, 1, 2, 3, 4, 3, 4])
})

test('knows which results use a row, and fills the places left over with none', () => {
  expect(most).toBe(3)
  expect([...users]).toEqual([1, 4, 4, 0, 2, 3, 4, 4, 4])
})

test('has the right gradient, also for rows that are used often or never', () => {
  const project = (table: Tensor) => sum<Scalar>(mul(select(table), waveTensor([4, 2], 9)))
  // Linear in the table: only rounding is left.
  expect(gradientError(project, [waveTensor([3, 2], 1)])).toBeLessThan(1e-3)
})
