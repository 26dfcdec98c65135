import { reshape, transpose, type Tensor } from '@tensorflow/tfjs-core'
import { conv1d, samePadding } from './conv1d.ts'
import { rowsBeside } from './rowsBeside.ts'

export interface Conv2dOptions {
  /** `[O]` */
  readonly bias: Tensor
  /** Into how many groups channels are split, each with filters of its own. */
  readonly groups: number
}

/**
 * Convolution over a grid (a cross-correlation, as in the reference) that keeps its size: zeros before the first row and
 * column, ⌊k/2⌋, and after the last, ⌊(k − 1)/2⌋. Each place gets the channels of the k places above and below it beside
 * its own; what is left to do then is a convolution along its row.
 * @param input `[B, rows, columns, C]`
 * @param weight `[O, C / groups, k, k]`
 * @returns `[B, rows, columns, O]`
 */
export function conv2d(input: Tensor, weight: Tensor, { bias, groups }: Conv2dOptions): Tensor {
  const [batch, rows, columns = 1, channels = 1] = input.shape
  const [outputs, groupChannels = 1, taps = 1] = weight.shape
  const padding = samePadding(taps)
  const beside = rowsBeside(input, { taps, above: padding[0], groups })
  const filters = reshape(transpose(weight, [0, 2, 1, 3]), [outputs, taps * groupChannels, taps])
  const along = reshape(beside, [batch * rows, columns, channels * taps])
  const output = conv1d(along, filters, { bias, groups, padding })
  return reshape(output, [batch, rows, columns, outputs])
}
