import { dispose, grads, mul, setBackend, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { expect } from 'vitest'
import { chooseBackend } from '../../src/engine/backend.ts'
import { waveTensor } from './finiteDifferences.ts'

/** Of the largest value; float32 sums in another order, and GPUs' own exp and rsqrt, leave less than a tenth of it. */
const TOLERANCE = 1e-4

/** An operation, and shapes of its inputs to try it on. */
export interface Case {
  readonly op: (...inputs: Tensor[]) => Tensor
  readonly shapes: fc.Arbitrary<number[][]>
  /** Left out: its gradient is checked, too. */
  readonly valueOnly?: boolean
}

type Backend = 'cpu' | 'wasm' | 'webgl' | 'webgpu'

export async function use(backend: Backend): Promise<void> {
  await chooseBackend(backend, () => undefined)
  await setBackend(backend)
}

/** Checks an operation and its gradient against its plain form in plain JavaScript. */
export async function expectAsPlain(name: string, each: Case, backend: Backend = 'webgpu'): Promise<void> {
  const { op, shapes, valueOnly } = each
  await fc.assert(
    fc.asyncProperty(shapes, async (sizes) => {
      await use('cpu')
      const expected = await evaluate(op, sizes, valueOnly)
      await use(backend)
      const actual = await evaluate(op, sizes, valueOnly)
      expected.forEach((values, i) =>
        expectClose(actual[i], values, `${name} of ${JSON.stringify(sizes)}, part ${i}`),
      )
    }),
    { numRuns: 8, seed: 1 },
  )
}

/** The value of `op`, and the gradient of a projection of it in each input, read back. */
export async function evaluate(
  op: (...inputs: Tensor[]) => Tensor,
  shapes: number[][],
  valueOnly = false,
): Promise<Float32Array[]> {
  const inputs = shapes.map((shape, i) => waveTensor(shape, i + 1))
  const value = op(...inputs)
  const projection = waveTensor(value.shape, 99)
  const projected = (...x: Tensor[]) => sum<Scalar>(mul(op(...x), projection))
  const results = [value, ...(valueOnly ? [] : grads(projected)(inputs))]
  const read = await Promise.all(results.map(async (x) => Float32Array.from(await x.data())))
  dispose([...inputs, ...results, projection])
  return read
}

/** Checks values against those expected, within `TOLERANCE` of the largest. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  const values = Array.from(expected)
  const largest = Math.max(...values.map(Math.abs), 1e-6)
  const worst = Math.max(...values.map((x, i) => Math.abs(actual[i] - x)))
  expect(worst / largest, what).toBeLessThan(TOLERANCE)
}
