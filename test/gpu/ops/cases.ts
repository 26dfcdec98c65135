import { add, mul, reshape, scalar, tensor, tensor1d, type Tensor } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { attention } from '../../../src/ops/attention.ts'
import { averageLayers } from '../../../src/ops/averageLayers.ts'
import { conv1d } from '../../../src/ops/conv1d.ts'
import { conv2d } from '../../../src/ops/conv2d.ts'
import { embedding } from '../../../src/ops/embedding.ts'
import { gelu } from '../../../src/ops/gelu.ts'
import { linear } from '../../../src/ops/linear.ts'
import { maskedStd } from '../../../src/ops/maskedStd.ts'
import { instanceNorm, layerNorm } from '../../../src/ops/norm.ts'
import { selectRows, usersOf } from '../../../src/ops/selectRows.ts'
import { maskedSmoothL1, tokenSmoothL1 } from '../../../src/ops/smoothL1.ts'
import { putRows, takeRows, type Taken } from '../../../src/ops/takeRows.ts'
import { maskTokens, placeTokens, zeroPadding } from '../../../src/ops/tokens.ts'
import type { Case } from '../../support/againstPlain.ts'
import { waveTensor } from '../../support/finiteDifferences.ts'

/** Sizes around those of vectors, subgroups and workgroups. */
const size = fc.constantFrom(1, 2, 3, 4, 5, 16, 17, 33, 65)

/** All samples end in padding but those of one token, and each in another place. */
function validOf(batch: number, tokens: number): Tensor {
  const isValid = (b: number, t: number) => (t <= (b * 7) % tokens ? 1 : 0)
  return tensor(
    Array.from({ length: batch * tokens }, (_, i) => isValid(Math.floor(i / tokens), i % tokens)),
    [batch, tokens],
  )
}

/** So far that sums of squares, were they not measured from the mean, would lose their digits to it. */
const FAR = 64

/** All tokens but one. */
function butFirst(batch: number, tokens: number): Tensor {
  return tensor(
    Float32Array.from({ length: batch * tokens }, (_, i) => Math.min(i, 1)),
    [batch, tokens],
  )
}

/** `[3, each]` ids, some used often and most of many never. */
export function idsBelow(count: number, each: number): Tensor {
  const ids = Float32Array.from({ length: 3 * each }, (_, i) => (i * i) % count)
  return tensor(ids, [3, each])
}

/** Every third of N rows. */
function everyThird(count: number): Taken & { readonly others: number } {
  const all = Array.from({ length: count }, (_, row) => row)
  const seen = all.filter((row) => row % 3 === 0)
  const rank = all.map((row) => (row % 3 === 0 ? row / 3 : seen.length + row - Math.ceil(row / 3)))
  return { seen: tensor1d(seen), rank: tensor1d(rank), others: count - seen.length }
}

/** `[B, T, D]` */
const tokenShapes = fc.tuple(fc.constantFrom(1, 2, 3), size, size)

const tokensOf = (x: Tensor) => x.shape[1] ?? 1

/** The operations with kernels of their own, and those that are built like them. */
export const CASES: Record<string, Case> = {
  linear: {
    op: (x, weight, bias) => linear(x, weight, bias),
    shapes: fc.tuple(size, size, size, size).map(([b, t, i, o]) => [[b, t, i], [o, i], [o]]),
  },
  gelu: { op: gelu, shapes: fc.tuple(size, size).map((shape) => [shape]) },
  layerNorm: {
    op: (x, gain, bias) => layerNorm(x, 1e-3, gain, bias),
    shapes: fc.tuple(size, size, size).map(([b, t, d]) => [[b, t, d], [d], [d]]),
  },
  'layerNorm without gain and bias': {
    op: (x) => layerNorm(x, 1e-3),
    shapes: fc.tuple(size, size).map((shape) => [shape]),
  },
  instanceNorm: {
    op: (x) => instanceNorm(x, 1e-3),
    shapes: fc.tuple(size, size, size).map((shape) => [shape]),
  },
  attention: {
    op: (qkv, bias) => attention(qkv, bias.shape[0], { bias }),
    shapes: fc
      .tuple(fc.constantFrom(1, 2, 3), size, fc.constantFrom(1, 2, 4), fc.constantFrom(1, 4, 8))
      .map(([b, t, heads, d]) => [
        [b, t, 3 * heads * d],
        [heads, t, t],
      ]),
  },
  'attention with a bias for each sample': {
    op: (qkv, bias) => attention(qkv, bias.shape[1] ?? 1, { bias }),
    shapes: fc
      .tuple(fc.constantFrom(1, 2, 3), size, fc.constantFrom(1, 2), fc.constantFrom(1, 4))
      .map(([b, t, heads, d]) => [
        [b, t, 3 * heads * d],
        [b, heads, t, t],
      ]),
  },
  'attention of heads of 64 and of more channels': {
    op: (qkv, bias) => attention(qkv, 1, { bias, valid: validOf(qkv.shape[0], tokensOf(qkv)) }),
    shapes: fc.tuple(fc.constant(17), fc.constantFrom(64, 68)).map(([t, d]) => [
      [2, t, 3 * d],
      [1, t, t],
    ]),
  },
  'attention to valid tokens': {
    op: (qkv) => attention(qkv, 2, { valid: validOf(qkv.shape[0], qkv.shape[1] ?? 1) }),
    shapes: fc
      .tuple(fc.constantFrom(1, 2, 3), size, fc.constantFrom(1, 4))
      .map(([b, t, d]) => [[b, t, 6 * d]]),
  },
  'attention to valid tokens with a bias': {
    op: (qkv, bias) => attention(qkv, 2, { bias, valid: validOf(qkv.shape[0], tokensOf(qkv)) }),
    shapes: fc.tuple(fc.constantFrom(1, 2, 3), size, fc.constantFrom(3, 4)).map(([b, t, d]) => [
      [b, t, 6 * d],
      [2, t, t],
    ]),
  },
  'conv1d with a stride': {
    op: (x, weight, bias) => conv1d(x, weight, { bias, stride: 2 }),
    shapes: fc
      .tuple(fc.constantFrom(1, 3), size, size, size, fc.constantFrom(1, 2, 3, 10))
      .map(([b, n, c, o, k]) => [[b, n + k, c], [o, c, k], [o]]),
  },
  'conv1d over many places': {
    op: (x, weight, bias) => conv1d(x, weight, { bias }),
    shapes: fc.constantFrom(127, 2048, 2100).map((n) => [[2, n, 1], [3, 1, 1], [3]]),
  },
  'conv1d over larger tiles': {
    op: (x, weight) => conv1d(x, weight, { stride: 3 }),
    shapes: fc.tuple(fc.constantFrom(90, 91, 92), fc.constantFrom(64, 66)).map(([n, o]) => [
      [8, n, 64],
      [o, 64, 5],
    ]),
  },
  'conv1d of more samples than its gradient has parts': {
    op: (x, weight, bias) => conv1d(x, weight, { bias, padding: [1, 1] }),
    shapes: fc.constantFrom(64, 65, 129, 200).map((b) => [[b, 5, 3], [4, 3, 3], [4]]),
  },
  'conv1d in groups': {
    op: (x, weight, bias) => conv1d(x, weight, { bias, groups: 4, padding: [2, 1] }),
    shapes: fc
      .tuple(fc.constantFrom(1, 3), size, fc.constantFrom(1, 2, 4, 5), fc.constantFrom(1, 3, 8))
      .map(([b, n, c, o]) => [[b, n, 4 * c], [4 * o, c, 4], [4 * o]]),
  },
  ...Object.fromEntries(
    [7, 32, 65].map((each) => [
      `embedding of 3 · ${each} ids`,
      {
        op: (table: Tensor) => embedding(idsBelow(table.shape[0], each), table),
        shapes: fc.tuple(fc.constantFrom(2, 3, 16, 33), size).map((shape) => [shape]),
      },
    ]),
  ),
  selectRows: {
    op: (table) => {
      const index = Int32Array.from(idsBelow(table.shape[0], 33).dataSync())
      const { users, most } = usersOf(index, table.shape[0])
      const of = tensor(Float32Array.from(index), [index.length])
      return selectRows(table, of, tensor(users, [table.shape[0], most]))
    },
    shapes: fc.tuple(size, size).map((shape) => [shape]),
  },
  takeRows: {
    op: (rows) => takeRows(rows, everyThird(rows.shape[0])),
    shapes: fc.tuple(size, size).map((shape) => [shape]),
  },
  putRows: {
    op: (rows) => {
      const { others, ...taken } = everyThird(3 * rows.shape[0])
      return putRows(rows, waveTensor([others, rows.shape[1] ?? 1], 7), taken)
    },
    shapes: fc.tuple(size, size).map((shape) => [shape]),
  },
  'conv2d in groups': {
    op: (x, weight, bias) => conv2d(x, weight, { bias, groups: 2 }),
    shapes: fc
      .tuple(
        fc.constantFrom(1, 3),
        fc.constantFrom(1, 2, 4, 7),
        fc.constantFrom(1, 3, 16),
        fc.constantFrom(1, 2, 3, 5),
      )
      .map(([b, n, c, k]) => [[b, n, n + 1, 2 * c], [2 * c, c, k, k], [2 * c]]),
  },
  ...Object.fromEntries(
    [0, 0.5].map((beta) => [
      `maskedSmoothL1 with β = ${beta}`,
      {
        op: (x: Tensor) =>
          maskedSmoothL1(x, waveTensor(x.shape, 5), validOf(x.shape[0], tokensOf(x)), scalar(beta), 3),
        shapes: tokenShapes.map((shape) => [shape]),
      },
    ]),
  ),
  maskTokens: {
    op: (x, token) => maskTokens(x, validOf(x.shape[0], tokensOf(x)), token),
    shapes: tokenShapes.map(([b, t, d]) => [
      [b, t, d],
      [1, d],
    ]),
  },
  zeroPadding: {
    op: (x) => zeroPadding(x, validOf(x.shape[0], tokensOf(x))),
    shapes: tokenShapes.map((shape) => [shape]),
  },
  'placeTokens with positions and a CLS token': {
    op: (x, positions, cls) => placeTokens(x, { positions, cls }),
    shapes: tokenShapes.map(([b, t, d]) => [
      [b, t, d],
      [1, t, d],
      [1, d],
    ]),
  },
  'placeTokens with positions alone': {
    op: (x, positions) => placeTokens(x, { positions }),
    shapes: tokenShapes.map(([b, t, d]) => [
      [b, t, d],
      [t, d],
    ]),
  },
  ...Object.fromEntries(
    (['layer', 'instance', 'none'] as const).map((norm) => [
      `averageLayers under ${norm} norm`,
      {
        op: (...layers: Tensor[]) => {
          const weights = tensor1d(layers.map((_, i) => (i % 3 === 0 ? 0 : i / 7)))
          return averageLayers(layers, weights, {
            norm,
            epsilon: 1e-5,
            skip: layers.length % 2 === 0 ? 0 : 1,
          })
        },
        valueOnly: true,
        shapes: fc
          .tuple(fc.constantFrom(1, 2, 3), fc.constantFrom(2, 3, 17, 65), size, fc.constantFrom(2, 5, 12))
          .map(([b, t, d, layers]) => Array.from({ length: layers }, () => [b, t, d])),
      },
    ]),
  ),
  tokenSmoothL1: {
    op: (x, target) => tokenSmoothL1(x, target, scalar(0.5), 2),
    valueOnly: true,
    shapes: tokenShapes.map((shape) => [shape, shape]),
  },
  'maskedStd of tokens far from the first': {
    op: (x) => {
      const mask = butFirst(x.shape[0], tokensOf(x))
      return maskedStd(add(x, mul(FAR, reshape(mask, [...mask.shape, 1]))), mask)
    },
    valueOnly: true,
    shapes: fc.tuple(fc.constantFrom(3, 4), size, size).map((shape) => [shape]),
  },
  maskedStd: {
    op: (x) => maskedStd(x, validOf(x.shape[0], tokensOf(x))),
    valueOnly: true,
    shapes: fc.tuple(fc.constantFrom(2, 3), size, size).map((shape) => [shape]),
  },
}
