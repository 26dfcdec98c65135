import { pad, reshape, slice, stack, type Tensor } from '@tensorflow/tfjs-core'
import { conv1d } from './conv1d.ts'

export interface Conv2dOptions {
  /** `[O]` */
  readonly bias: Tensor
  /** Into how many groups channels are split, each with filters of its own. */
  readonly groups: number
}

/**
 * Convolution over a grid (a cross-correlation, as in the reference) that keeps its size: zeros before the first row and
 * column, ⌊k/2⌋, and after the last, ⌊(k − 1)/2⌋. Each place gets the channels of the k places above and below it beside its own; what is left to do then is a
 * convolution along its row.
 * @param input `[B, rows, columns, C]`
 * @param weight `[O, C / groups, k, k]`
 * @returns `[B, rows, columns, O]`
 */
export function conv2d(input: Tensor, weight: Tensor, { bias, groups }: Conv2dOptions): Tensor {
  const [batch, rows, columns = 1, channels = 1] = input.shape
  const [outputs, groupChannels = 1, taps = 1] = weight.shape
  const stacked = reshape(stackRows(input, taps), [batch * rows, columns, channels * taps])
  const filters = reshape(weight, [outputs, groupChannels * taps, taps])
  const output = conv1d(stacked, filters, { bias, groups, padding: around(taps) })
  return reshape(output, [batch, rows, columns, outputs])
}

/** Zeros before and after. */
function around(taps: number): [before: number, after: number] {
  return [Math.floor(taps / 2), Math.floor((taps - 1) / 2)]
}

/** `[B, rows, columns, C]` → `[B, rows, columns, C, k]`: each channel at the rows from ⌊k/2⌋ above on. */
function stackRows(input: Tensor, taps: number): Tensor {
  const padded = pad(input, [[0, 0], around(taps), [0, 0], [0, 0]])
  return stack(
    Array.from({ length: taps }, (_, tap) => slice(padded, [0, tap, 0, 0], input.shape)),
    -1,
  )
}
