import { concat, gather, sum, zeros, type Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'

/**
 * Rows of a table by index, with a gradient that adds up in a fixed order: scattering with atomics would not give the
 * same bits twice.
 * @param table `[R, C]`
 * @param index `[N]`, integers: which row each of the N results is
 * @param users `[R, U]`, integers: for each row the results that are it, and N in the places left over
 * @returns `[N, C]`; `index` and `users` have to outlive its gradient
 */
export function selectRows(table: Tensor, index: Tensor, users: Tensor): Tensor {
  return differentiable(
    [table],
    (table) => ({ value: gather(table, index), saved: [] }),
    (dy) => {
      const padded = concat([dy, zeros([1, dy.shape[1] ?? 1])]) // result N: nothing
      return [sum(gather(padded, users), 1)]
    },
  )
}

/** The `users` of an index: `[rows, U]` and U, the most often that any row is used. */
export function usersOf(index: Int32Array, rows: number): { users: Int32Array; most: number } {
  const byRow = Array.from({ length: rows }, (): number[] => [])
  index.forEach((row, result) => byRow[row].push(result))
  const most = byRow.reduce((largest, { length }) => Math.max(largest, length), 0)
  const users = new Int32Array(rows * most).fill(index.length)
  byRow.forEach((results, row) => {
    users.set(results, row * most)
  })
  return { users, most }
}
