import {
  backend,
  cast,
  dispose,
  env,
  fill,
  grads,
  mul,
  scalar,
  setBackend,
  sum,
  tensor,
  tensor1d,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { attention } from '../../../src/ops/attention.ts'
import { conv1d } from '../../../src/ops/conv1d.ts'
import { embedding } from '../../../src/ops/embedding.ts'
import { gelu } from '../../../src/ops/gelu.ts'
import { linear } from '../../../src/ops/linear.ts'
import { instanceNorm, layerNorm } from '../../../src/ops/norm.ts'
import { averageLayers } from '../../../src/ops/averageLayers.ts'
import { maskedStd } from '../../../src/ops/maskedStd.ts'
import { maskTokens, placeTokens, zeroPadding } from '../../../src/ops/tokens.ts'
import { maskedSmoothL1, tokenSmoothL1 } from '../../../src/ops/smoothL1.ts'
import { setTeams, worksInTeams } from '../../../src/ops/webgpu/teams.ts'
import { waveTensor } from '../../support/finiteDifferences.ts'

const BACKENDS = ['webgpu', 'webgl', 'wasm'] as const
type Tested = (typeof BACKENDS)[number] | 'cpu'

/** Of the largest value; float32 sums in another order, and GPUs' own exp and rsqrt, leave less than a tenth of it. */
const TOLERANCE = 1e-4

async function use(backend: Tested): Promise<void> {
  await chooseBackend(backend, () => undefined)
  await setBackend(backend)
}

beforeAll(async () => {
  await import('@tensorflow/tfjs-backend-webgl')
  env().set('SOFTWARE_WEBGL_ENABLED', true) // tfjs declines WebGL without a GPU, which is all that CI has
  await use('cpu')
})

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  const values = Array.from(expected)
  const largest = Math.max(...values.map(Math.abs), 1e-6)
  const worst = Math.max(...values.map((x, i) => Math.abs(actual[i] - x)))
  expect(worst / largest, what).toBeLessThan(TOLERANCE)
}

/** The gradient of a projection of `op`, and its value, read back. */
async function evaluate(
  op: (...inputs: Tensor[]) => Tensor,
  shapes: number[][],
  differentiated = true,
): Promise<Float32Array[]> {
  const inputs = shapes.map((shape, i) => waveTensor(shape, i + 1))
  const value = op(...inputs)
  const projection = waveTensor(value.shape, 99)
  const projected = (...x: Tensor[]) => sum<Scalar>(mul(op(...x), projection))
  const gradients = differentiated ? grads(projected)(inputs) : []
  const results = [value, ...gradients]
  const read = await Promise.all(results.map(async (x) => Float32Array.from(await x.data())))
  dispose([...inputs, ...results, projection])
  return read
}

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

/** `[3, each]` ids, some used often and most of many never. */
function idsBelow(count: number, each: number): Tensor {
  const ids = Float32Array.from({ length: 3 * each }, (_, i) => (i * i) % count)
  return tensor(ids, [3, each])
}

interface Case {
  readonly op: (...inputs: Tensor[]) => Tensor
  readonly shapes: fc.Arbitrary<number[][]>
}

/** `[B, T, D]` */
const tokenShapes = fc.tuple(fc.constantFrom(1, 2, 3), size, size)

const tokensOf = (x: Tensor) => x.shape[1] ?? 1

const OPS: Record<string, Case> = {
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
}

/** What is never differentiated. */
const VALUES: Record<string, Case> = {
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
        shapes: fc
          .tuple(fc.constantFrom(1, 2, 3), fc.constantFrom(2, 3, 17, 65), size, fc.constantFrom(2, 5, 12))
          .map(([b, t, d, layers]) => Array.from({ length: layers }, () => [b, t, d])),
      },
    ]),
  ),
  tokenSmoothL1: {
    op: (x, target) => tokenSmoothL1(x, target, scalar(0.5), 2),
    shapes: tokenShapes.map((shape) => [shape, shape]),
  },
  maskedStd: {
    op: (x) => maskedStd(x, validOf(x.shape[0], tokensOf(x))),
    shapes: fc.tuple(fc.constantFrom(2, 3), size, size).map((shape) => [shape]),
  },
}

async function expectSame(
  backend: Tested,
  name: string,
  { op, shapes }: Case,
  differentiated: boolean,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(shapes, async (sizes) => {
      await use('cpu')
      const expected = await evaluate(op, sizes, differentiated)
      await use(backend)
      const actual = await evaluate(op, sizes, differentiated)
      expected.forEach((values, i) =>
        expectClose(actual[i], values, `${name} of ${JSON.stringify(sizes)}, part ${i}`),
      )
    }),
    { numRuns: 8, seed: 1 },
  )
}

describe.each(BACKENDS)('on %s', (backend) => {
  test.each(Object.entries(OPS))('%s and its gradient equal those of plain JavaScript', (name, each) =>
    expectSame(backend, name, each, true),
  )

  test.each(Object.entries(VALUES))('%s equals that of plain JavaScript', (name, each) =>
    expectSame(backend, name, each, false),
  )
})

/** Kernels are written otherwise where barriers and reading are dear. */
describe.each([true, false])('on an adapter whose workgroups work together: %s', (together) => {
  const among = (cases: Record<string, Case>, names: string[]) =>
    names.map((name): [string, Case] => [name, cases[name]])
  const differentiated = among(OPS, [
    'layerNorm',
    'layerNorm without gain and bias',
    'attention',
    'attention to valid tokens',
    'attention to valid tokens with a bias',
    'maskTokens',
    'maskedSmoothL1 with β = 0.5',
    'placeTokens with positions and a CLS token',
    'conv1d in groups',
    'conv1d with a stride',
  ])

  async function expectSameThere(name: string, each: Case, isDifferentiated: boolean): Promise<void> {
    await use('webgpu')
    const { device } = backend() as unknown as WebGPUBackend
    const before = worksInTeams(device)
    setTeams(device, together)
    try {
      await expectSame('webgpu', name, each, isDifferentiated)
    } finally {
      setTeams(device, before)
    }
  }

  test.each(differentiated)('%s and its gradient equal those of plain JavaScript', (name, each) =>
    expectSameThere(name, each, true),
  )

  test.each(among(VALUES, ['maskedStd', 'averageLayers under layer norm']))(
    '%s equals that of plain JavaScript',
    (name, each) => expectSameThere(name, each, false),
  )
})

describe('the fused kernels', () => {
  test('reach every element where workgroups do not fit along one axis', async () => {
    const length = 65_536 * 64 + 1
    await use('webgpu')
    const x = fill([length], 1)
    const y = gelu(x)
    const values = await y.data()
    dispose([x, y])
    expect(values.every((value) => value === values[0])).toBe(true)
    expect(values[0]).toBeCloseTo(0.8413447, 5)
  })

  test('give the same bits each time', async () => {
    await use('webgpu')
    const gradients = () =>
      Promise.all([
        evaluate(
          (x, weight) => conv1d(x, weight, { groups: 2, padding: [9, 9] }),
          [
            [8, 50, 32],
            [32, 16, 19],
          ],
        ),
        evaluate((table) => embedding(idsBelow(table.shape[0], 7), table), [[9, 64]]),
      ])
    expect(await gradients()).toEqual(await gradients())
  })

  test('refuse integers that only pass for floats', async () => {
    await use('webgpu')
    const whole = cast(tensor([1, 2], [2], 'int32'), 'float32')
    expect(() => gelu(whole)).toThrow('stored as int32')
  })
})
