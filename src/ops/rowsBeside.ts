import { add, concat, pad, reshape, slice, type Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernel } from './kernels.ts'

/** How rows of a grid are laid beside each other. */
export interface Beside {
  /** Rows that lie beside each other in the end. */
  readonly taps: number
  /** Of them above the row itself; what is above the first row and below the last is zero. */
  readonly above: number
  /** Groups of channels that stay together. */
  readonly groups: number
}

/**
 * Gives each place of a grid the channels of the places above and below it: half of a convolution over the grid, whose
 * other half goes along the rows.
 * @param input `[B, rows, columns, C]`
 * @returns `[B, rows, columns, taps · C]`: in each group the channels of the uppermost place first
 */
export function rowsBeside(input: Tensor, beside: Beside): Tensor {
  return differentiable(
    [input],
    (input) => ({ value: forward(input, beside), saved: [] }),
    (dy) => [backward(dy, beside)],
  )
}

function forward(input: Tensor, beside: Beside): Tensor {
  if (hasKernel('RowsBeside')) return runKernel('RowsBeside', { input }, { ...beside })
  const { taps, above, groups } = beside
  const [batch, rows, columns = 1, channels = 1] = input.shape
  const padded = padRows(input, above, taps - 1 - above)
  const each = Array.from({ length: taps }, (_, tap) =>
    reshape(slice(padded, [0, tap, 0, 0], input.shape), [-1, groups, channels / groups]),
  )
  return reshape(concat(each, 2), [batch, rows, columns, taps * channels])
}

/** From `dy` `[B, rows, columns, taps · C]`, the gradient in the input. */
function backward(dy: Tensor, beside: Beside): Tensor {
  if (hasKernel('RowsBesideGrad')) return runKernel('RowsBesideGrad', { dy }, { ...beside })
  const { taps, above, groups } = beside
  const [batch, rows, columns = 1, wide = 1] = dy.shape
  const channels = wide / taps
  const size = [batch, rows, columns, channels]
  const apart = reshape(dy, [batch * rows * columns, groups, taps, channels / groups])
  return Array.from({ length: taps }, (_, tap) => {
    const ofTap = reshape(slice(apart, [0, 0, tap, 0], [-1, groups, 1, channels / groups]), size)
    return slice(padRows(ofTap, tap, taps - 1 - tap), [0, above, 0, 0], size)
  }).reduce((sum, part) => add(sum, part))
}

function padRows(input: Tensor, before: number, after: number): Tensor {
  return pad(input, [
    [0, 0],
    [before, after],
    [0, 0],
    [0, 0],
  ])
}
