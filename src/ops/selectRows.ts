import { cast, concat, gather, sum, zeros, type Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernel } from './kernels.ts'

/**
 * Rows of a table by index, with a gradient that adds up in a fixed order: scattering with atomics would not give the
 * same bits twice. Where `embedding` finds out anew in each step who uses a row, here it is known once and for all.
 * @param table `[R, C]`
 * @param index `[N]`, whole numbers stored as float32: which row each of the N results is
 * @param users `[R, U]`, likewise: for each row the results that are it, and N in the places left over
 * @returns `[N, C]`
 */
export function selectRows(table: Tensor, index: Tensor, users: Tensor): Tensor {
  return differentiable(
    [table],
    (table) => ({ value: forward(table, index), saved: [users] }),
    (dy, users) => [backward(dy, users)],
  )
}

function forward(table: Tensor, index: Tensor): Tensor {
  if (hasKernel('Embedding')) return runKernel('Embedding', { ids: index, table })
  return gather(table, cast(index, 'int32'))
}

/** From `dy` `[N, C]`, the gradient in the table, `[R, C]`. */
function backward(dy: Tensor, users: Tensor): Tensor {
  if (hasKernel('SelectRowsGrad')) return runKernel('SelectRowsGrad', { dy, users })
  const padded = concat([dy, zeros([1, dy.shape[1] ?? 1])]) // result N: nothing
  return sum(gather(padded, cast(users, 'int32')), 1)
}

/** The `users` of an index: `[rows, U]` and U, the most often that any row is used. */
export function usersOf(index: Int32Array, rows: number): { users: Float32Array; most: number } {
  const byRow = Array.from({ length: rows }, (): number[] => [])
  index.forEach((row, result) => byRow[row].push(result))
  const most = byRow.reduce((largest, { length }) => Math.max(largest, length), 0)
  const users = new Float32Array(rows * most).fill(index.length)
  byRow.forEach((results, row) => {
    users.set(results, row * most)
  })
  return { users, most }
}
