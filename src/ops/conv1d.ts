import {
  add,
  matMul,
  pad,
  reshape,
  slice,
  stack,
  stridedSlice,
  transpose,
  unstack,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernel, runKernels } from './kernels.ts'
import { sumRows } from './sumRows.ts'

export interface Conv1dOptions {
  /** `[O]` */
  readonly bias?: Tensor
  readonly stride?: number
  /** Into how many groups channels are split, each with filters of its own. */
  readonly groups?: number
  /** Zeros before the first place and after the last. */
  readonly padding?: readonly [before: number, after: number]
}

/** What keeps as many places as there are: ⌊k/2⌋ zeros before them, and ⌊(k − 1)/2⌋ after. */
export function samePadding(taps: number): readonly [before: number, after: number] {
  return [Math.floor(taps / 2), Math.floor((taps - 1) / 2)]
}

/** How filters walk along their input. */
interface Walk {
  readonly stride: number
  readonly groups: number
  readonly before: number
  readonly after: number
}

/**
 * Convolution along one axis (a cross-correlation, as in the reference).
 * @param input `[B, N, C]`
 * @param weight `[O, C / groups, k]`
 * @returns `[B, N', O]` with N' = ⌊(before + N + after − k) / stride⌋ + 1
 */
export function conv1d(input: Tensor, weight: Tensor, options: Conv1dOptions = {}): Tensor {
  const { bias, stride = 1, groups = 1, padding = [0, 0] } = options
  const walk = { stride, groups, before: padding[0], after: padding[1] }
  return differentiable(
    bias === undefined ? [input, weight] : [input, weight, bias],
    (input, weight) => ({ value: forward(input, weight, bias, walk), saved: [input, weight] }),
    (dy, input, weight) => [
      ...backward(dy, input, weight, walk),
      ...(bias === undefined ? [] : [sumRows(dy)]),
    ],
  )
}

function forward(input: Tensor, weight: Tensor, bias: Tensor | undefined, walk: Walk): Tensor {
  const attributes = { ...walk }
  if (hasKernel('Conv1d')) return runKernel('Conv1d', { input, weight, ...(bias && { bias }) }, attributes)
  const output = forwardPlain(input, weight, walk)
  return bias === undefined ? output : add(output, bias)
}

/** The gradients in the input and in the weight. */
function backward(dy: Tensor, input: Tensor, weight: Tensor, walk: Walk): Tensor[] {
  const attributes = { ...walk }
  if (hasKernel('Conv1dGrad')) return runKernels('Conv1dGrad', { dy, input, weight }, attributes)
  return [inputGradient(dy, input, weight, walk), weightGradient(dy, input, weight, walk)]
}

/** One matrix product for each tap of the filters, all groups at once. */
function forwardPlain(input: Tensor, weight: Tensor, walk: Walk): Tensor {
  const source = splitGroups(padded(input, walk), walk.groups)
  const [, , taps = 1] = weight.shape
  const steps = stepsOf(source, taps, walk)
  const output = tapsOf(weight, walk.groups)
    .map((filters, tap) => matMul(underTap(source, tap, steps, walk), filters, false, true))
    .reduce((sum, product) => add(sum, product))
  return joinGroups(output, input.shape[0])
}

function inputGradient(dy: Tensor, input: Tensor, weight: Tensor, walk: Walk): Tensor {
  const [batch, length, channels = 1] = input.shape
  const gradient = rowsByGroup(dy, walk.groups)
  const whole = walk.before + length + walk.after
  const dsource = tapsOf(weight, walk.groups)
    .map((filters, tap) => spread(matMul(gradient, filters), tap, whole, batch, walk))
    .reduce((sum, part) => add(sum, part))
  const joined = joinGroups(reshape(dsource, [walk.groups, batch * whole, -1]), batch)
  return slice(joined, [0, walk.before, 0], [batch, length, channels])
}

function weightGradient(dy: Tensor, input: Tensor, weight: Tensor, walk: Walk): Tensor {
  const source = splitGroups(padded(input, walk), walk.groups)
  const gradient = rowsByGroup(dy, walk.groups)
  const taps = Array.from({ length: weight.shape[2] ?? 1 }, (_, tap) =>
    matMul(gradient, underTap(source, tap, dy.shape[1] ?? 1, walk), true, false),
  )
  return reshape(stack(taps, -1), weight.shape)
}

function padded(input: Tensor, { before, after }: Walk): Tensor {
  return before + after === 0
    ? input
    : pad(input, [
        [0, 0],
        [before, after],
        [0, 0],
      ])
}

/** N', of a source `[g, B, N + padding, C/g]`. */
function stepsOf(source: Tensor, taps: number, { stride }: Walk): number {
  return Math.floor(((source.shape[2] ?? 1) - taps) / stride) + 1
}

/** `[B, N, C]` → `[g, B, N, C/g]` */
function splitGroups(x: Tensor, groups: number): Tensor {
  const [batch, length, channels = 1] = x.shape
  return transpose(reshape(x, [batch, length, groups, channels / groups]), [2, 0, 1, 3])
}

/** `[B, N, C]` → `[g, B·N, C/g]` */
function rowsByGroup(x: Tensor, groups: number): Tensor {
  const [batch, length, channels = 1] = x.shape
  return reshape(splitGroups(x, groups), [groups, batch * length, channels / groups])
}

/** The reverse: `[g, B·N, C/g]` → `[B, N, C]` */
function joinGroups(x: Tensor, batch: number): Tensor {
  const [groups, rows, channels = 1] = x.shape
  const together = transpose(x, [1, 0, 2])
  return reshape(together, [batch, rows / batch, groups * channels])
}

/** The weight of each tap, `[g, O/g, C/g]`. */
function tapsOf(weight: Tensor, groups: number): Tensor[] {
  const [outputs, channels, taps = 1] = weight.shape
  return unstack(reshape(weight, [groups, outputs / groups, channels, taps]), 3)
}

/** What a tap of the filters meets at each of their steps: `[g, B·N', C/g]`. */
function underTap(source: Tensor, tap: number, steps: number, { stride }: Walk): Tensor {
  const [groups, batch, , channels = 1] = source.shape
  const reach = (steps - 1) * stride + 1
  const reached = slice(source, [0, 0, tap, 0], [groups, batch, reach, channels])
  const met = stride === 1 ? reached : stridedSlice(reached, [0, 0, 0, 0], reached.shape, [1, 1, stride, 1])
  return reshape(met, [groups, batch * steps, channels])
}

/** The reverse: puts `[g, B·N', C/g]` back to where the tap met it, `[g·B, length, C/g]`. */
function spread(met: Tensor, tap: number, length: number, batch: number, { stride }: Walk): Tensor {
  const [groups, rows, channels = 1] = met.shape
  const samples = groups * batch
  const steps = rows / batch
  const apart = pad(reshape(met, [samples, steps, 1, channels]), [
    [0, 0],
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ])
  const reach = (steps - 1) * stride + 1
  const trimmed = slice(
    reshape(apart, [samples, steps * stride, channels]),
    [0, 0, 0],
    [samples, reach, channels],
  )
  return pad(trimmed, [
    [0, 0],
    [tap, length - tap - reach],
    [0, 0],
  ])
}
