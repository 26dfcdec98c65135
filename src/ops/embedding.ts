import { cast, gather, matMul, oneHot, reshape, type Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernel } from './kernels.ts'

/**
 * The row of a table for each id, with a gradient that adds up in a fixed order: scattering with atomics would not give
 * the same bits twice.
 * @param ids `[B, T]` or `[B, T, 1]`, whole numbers below V stored as float32
 * @param table `[V, D]`, V at least 2
 * @returns `[B, T, D]`
 */
export function embedding(ids: Tensor, table: Tensor): Tensor {
  const [batch, tokens] = ids.shape
  const flat = reshape(ids, [batch * tokens])
  return differentiable(
    [table],
    (table) => {
      const rows = forward(flat, table)
      return { value: reshape(rows, [batch, tokens, table.shape[1] ?? 1]), saved: [flat, table] }
    },
    (dy, flat, table) => [backward(reshape(dy, [batch * tokens, -1]), flat, table.shape[0])],
  )
}

/** `[N]`, `[V, D]` → `[N, D]` */
function forward(ids: Tensor, table: Tensor): Tensor {
  if (hasKernel('Embedding')) return runKernel('Embedding', { ids, table })
  return gather(table, cast(ids, 'int32'))
}

/** From `dy` `[N, D]`, the gradient in the table, `[V, D]`: for each id the sum over the places that have it. */
function backward(dy: Tensor, ids: Tensor, rows: number): Tensor {
  if (hasKernel('EmbeddingGrad')) return runKernel('EmbeddingGrad', { dy, ids }, { rows })
  const places = oneHot(cast(ids, 'int32'), rows) // integers: asked for floats, WebAssembly writes integers all the same
  return matMul(cast(places, 'float32'), dy, true, false)
}
