import { mul, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { conv2d } from '../../../src/ops/conv2d.ts'
import { gradientError, waveTensor } from '../../support/finiteDifferences.ts'

interface Case {
  readonly input: [batch: number, rows: number, columns: number, channels: number]
  readonly outputs: number
  readonly taps: number
  readonly groups: number
}

const CASES: [string, Case][] = [
  ['of a square', { input: [2, 4, 4, 2], outputs: 3, taps: 3, groups: 1 }],
  ['in groups', { input: [1, 3, 5, 4], outputs: 6, taps: 3, groups: 2 }],
  ['wider than the grid', { input: [1, 2, 2, 2], outputs: 2, taps: 5, groups: 2 }],
  ['as wide as even', { input: [1, 3, 3, 2], outputs: 2, taps: 2, groups: 1 }],
  ['of single places', { input: [2, 2, 3, 3], outputs: 2, taps: 1, groups: 1 }],
]

function tensorsOf({ input, outputs, taps, groups }: Case): [Tensor, Tensor, Tensor] {
  const weight = waveTensor([outputs, input[3] / groups, taps, taps], 2)
  return [waveTensor(input, 1), weight, waveTensor([outputs], 3)]
}

describe.each(CASES)('conv2d %s', (_, given) => {
  test('is the sum that defines it', () => {
    const [input, weight, bias] = tensorsOf(given)
    const output = conv2d(input, weight, { bias, groups: given.groups })
    const expected = byDefinition(given)
    expect(output.shape).toEqual([...given.input.slice(0, 3), given.outputs])
    const actual = output.dataSync()
    expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5))
  })

  test('has the right gradient in input, weight and bias', () => {
    const f = (input: Tensor, weight: Tensor, bias: Tensor) => {
      const output = conv2d(input, weight, { bias, groups: given.groups })
      return sum<Scalar>(mul(output, waveTensor(output.shape, 99)))
    }
    // Central differences in float32 leave about this much.
    expect(gradientError(f, tensorsOf(given))).toBeLessThan(5e-3)
  })
})

/** Output by output, with zeros outside the input. */
function byDefinition(given: Case): number[] {
  const { taps, groups, outputs } = given
  const [batch, rows, columns, channels] = given.input
  const [input, weight, bias] = tensorsOf(given).map((x) => x.dataSync())
  const groupChannels = channels / groups
  const around = Math.floor(taps / 2)
  const at = (b: number, row: number, column: number, channel: number) =>
    row < 0 || row >= rows || column < 0 || column >= columns
      ? 0
      : input[((b * rows + row) * columns + column) * channels + channel]
  const values: number[] = []
  for (let b = 0; b < batch; b++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let o = 0; o < outputs; o++) {
          const first = Math.floor(o / (outputs / groups)) * groupChannels
          let total = bias[o]
          for (let c = 0; c < groupChannels; c++)
            for (let y = 0; y < taps; y++)
              for (let x = 0; x < taps; x++)
                total +=
                  at(b, row + y - around, column + x - around, first + c) *
                  weight[((o * groupChannels + c) * taps + y) * taps + x]
          values.push(total)
        }
  return values
}
