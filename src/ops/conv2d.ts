import { concat, pad, reshape, slice, transpose, type Tensor } from '@tensorflow/tfjs-core'
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
  const beside = reshape(rowsBeside(input, taps, groups), [batch * rows, columns, channels * taps])
  const filters = reshape(transpose(weight, [0, 2, 1, 3]), [outputs, taps * groupChannels, taps])
  const output = conv1d(beside, filters, { bias, groups, padding: around(taps) })
  return reshape(output, [batch, rows, columns, outputs])
}

/** Zeros before and after. */
function around(taps: number): [before: number, after: number] {
  return [Math.floor(taps / 2), Math.floor((taps - 1) / 2)]
}

/** `[B, rows, columns, C]` → `[B · rows · columns, groups, k · C / groups]`: channels from ⌊k/2⌋ rows above on, one after the other. */
function rowsBeside(input: Tensor, taps: number, groups: number): Tensor {
  const padded = pad(input, [[0, 0], around(taps), [0, 0], [0, 0]])
  const [batch, rows, columns = 1, channels = 1] = input.shape
  const shape = [batch * rows * columns, groups, channels / groups]
  const shifted = Array.from({ length: taps }, (_, tap) =>
    reshape(slice(padded, [0, tap, 0, 0], input.shape), shape),
  )
  return concat(shifted, 2)
}
