import { cast, concat, gather, zeros, type Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernel } from './kernels.ts'

/** Some of N rows, and where all of them stand once those are first. Whole numbers stored as float32. */
export interface Taken {
  /** `[K]`: the rows that are taken. */
  readonly seen: Tensor
  /** `[N]`: where each row stands with the K taken ones first, in their order, and the others after them. */
  readonly rank: Tensor
}

/** The rows that are taken: `[N, C]` → `[K, C]`. */
export function takeRows(rows: Tensor, { seen, rank }: Taken): Tensor {
  return differentiable(
    [rows],
    (rows) => ({ value: take(rows, seen), saved: [rank] }),
    (dy, rank) => [put(dy, rank, undefined)],
  )
}

/**
 * The reverse: puts rows back to where they were taken from, and `others` in the places of those that were not.
 * @param rows `[K, C]`
 * @param others `[N − K, C]`, without a gradient
 * @returns `[N, C]`
 */
export function putRows(rows: Tensor, others: Tensor, { seen, rank }: Taken): Tensor {
  return differentiable(
    [rows],
    (rows) => ({ value: put(rows, rank, others), saved: [seen] }),
    (dy, seen) => [take(dy, seen)],
  )
}

function take(table: Tensor, ids: Tensor): Tensor {
  if (hasKernel('Embedding')) return runKernel('Embedding', { ids, table })
  return gather(table, cast(ids, 'int32'))
}

/** Zeros where there are no others. */
function put(rows: Tensor, rank: Tensor, others: Tensor | undefined): Tensor {
  if (hasKernel('PutRows')) return runKernel('PutRows', { rows, rank, ...(others && { others }) })
  const [count, columns = 1] = rows.shape
  const rest = others ?? zeros([rank.size - count, columns])
  return gather(concat([rows, rest]), cast(rank, 'int32'))
}
