import { add, concat, mul, reshape, slice, sub, sum, zeros, type Tensor } from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernel } from './kernels.ts'

/**
 * Puts the mask token in the place of masked tokens (paper §3.1).
 * @param tokens `[B, T, D]`
 * @param mask `[B, T]`, 1 = masked
 * @param maskToken `[1, D]`
 */
export function maskTokens(tokens: Tensor, mask: Tensor, maskToken: Tensor): Tensor {
  return differentiable(
    [tokens, maskToken],
    (tokens, maskToken) => ({ value: replaceMasked(tokens, mask, maskToken), saved: [mask] }),
    (dy, mask) => [scaleRows(dy, mask, true), sumMasked(dy, mask)],
  )
}

/** Makes padding zero. `tokens` `[B, T, D]`, `valid` `[B, T]`, 0 = padding; without it there is none. */
export function zeroPadding(tokens: Tensor, valid: Tensor | undefined): Tensor {
  if (valid === undefined) return tokens
  return differentiable(
    [tokens],
    (tokens) => ({ value: scaleRows(tokens, valid, false), saved: [valid] }),
    (dy, valid) => [scaleRows(dy, valid, false)],
  )
}

interface Placed {
  /** `[T, D]` or `[1, T, D]`, added to every sample. */
  readonly positions?: Tensor | undefined
  /** `[1, D]`, put before every sample. */
  readonly cls?: Tensor | undefined
}

/** `[B, T, D]` → `[B, T, D]`, or `[B, T + 1, D]` with a CLS token, which has no position. */
export function placeTokens(tokens: Tensor, { positions, cls }: Placed): Tensor {
  if (positions === undefined && cls === undefined) return tokens
  const skip = cls === undefined ? 0 : 1
  return differentiable(
    [tokens, ...(positions ? [positions] : []), ...(cls ? [cls] : [])],
    (tokens) => ({ value: place(tokens, { positions, cls }), saved: [] }),
    (dy) => [
      withoutFirst(dy, skip),
      ...(positions ? [reshape(sumSamples(dy, skip), positions.shape)] : []),
      ...(cls ? [sumFirst(dy)] : []),
    ],
  )
}

function replaceMasked(tokens: Tensor, mask: Tensor, maskToken: Tensor): Tensor {
  if (hasKernel('MaskTokens')) return runKernel('MaskTokens', { tokens, mask, maskToken })
  return add(scaleRows(tokens, mask, true), mul(column(mask), maskToken))
}

/** Σ of the masked tokens, `[1, D]`. */
function sumMasked(tokens: Tensor, mask: Tensor): Tensor {
  if (hasKernel('SumMasked')) return runKernel('SumMasked', { tokens, mask })
  return reshape(sum(mul(tokens, column(mask)), [0, 1]), [1, -1])
}

/** Each token times its factor, or times one minus that. */
function scaleRows(tokens: Tensor, factors: Tensor, complement: boolean): Tensor {
  if (hasKernel('ScaleRows')) return runKernel('ScaleRows', { tokens, factors }, { complement })
  return mul(tokens, complement ? sub(1, column(factors)) : column(factors))
}

/** `[B, T]` → `[B, T, 1]` */
function column(values: Tensor): Tensor {
  return reshape(values, [...values.shape, 1])
}

function place(tokens: Tensor, { positions, cls }: Placed): Tensor {
  if (hasKernel('PlaceTokens'))
    return runKernel('PlaceTokens', { tokens, ...(positions && { positions }), ...(cls && { cls }) })
  const placed = positions === undefined ? tokens : add(tokens, positions)
  if (cls === undefined) return placed
  const [batch, , width = 1] = tokens.shape
  return concat([add(zeros([batch, 1, width]), cls), placed], 1)
}

/** The gradient in the tokens. */
function withoutFirst(dy: Tensor, skip: number): Tensor {
  if (skip === 0) return dy
  return hasKernel('WithoutFirst') ? runKernel('WithoutFirst', { dy }) : slice(dy, [0, 1, 0])
}

/** The gradient in the positions, `[T, D]`. */
function sumSamples(dy: Tensor, skip: number): Tensor {
  return hasKernel('SumSamples') ? runKernel('SumSamples', { dy }, { skip }) : sum(slice(dy, [0, skip, 0]), 0)
}

/** The gradient in the CLS token, `[1, D]`. */
function sumFirst(dy: Tensor): Tensor {
  if (hasKernel('SumFirst')) return runKernel('SumFirst', { dy })
  const [batch, , width = 1] = dy.shape
  return sum(slice(dy, [0, 0, 0], [batch, 1, width]), 0)
}
