import { mul, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { conv1d } from '../../../src/ops/conv1d.ts'
import { gradientError, waveTensor } from '../../support/finiteDifferences.ts'

interface Case {
  readonly input: [batch: number, length: number, channels: number]
  readonly outputs: number
  readonly taps: number
  readonly stride: number
  readonly groups: number
  readonly padding: [number, number]
}

const CASES: [string, Case][] = [
  ['on a waveform', { input: [2, 23, 1], outputs: 3, taps: 10, stride: 5, groups: 1, padding: [0, 0] }],
  ['with a stride', { input: [2, 8, 2], outputs: 4, taps: 3, stride: 2, groups: 1, padding: [0, 0] }],
  ['in groups', { input: [2, 6, 4], outputs: 6, taps: 3, stride: 1, groups: 2, padding: [1, 1] }],
  ['as wide as even', { input: [1, 5, 2], outputs: 2, taps: 4, stride: 1, groups: 1, padding: [2, 1] }],
  ['of single steps', { input: [2, 3, 3], outputs: 3, taps: 1, stride: 4, groups: 3, padding: [0, 0] }],
]

function tensorsOf({ input, outputs, taps, groups }: Case): [Tensor, Tensor, Tensor] {
  const weight = waveTensor([outputs, input[2] / groups, taps], 2)
  return [waveTensor(input, 1), weight, waveTensor([outputs], 3)]
}

describe.each(CASES)('conv1d %s', (_, given) => {
  test('is the sum that defines it', () => {
    const [input, weight, bias] = tensorsOf(given)
    const output = conv1d(input, weight, { ...given, bias })
    const expected = byDefinition(given)
    expect(output.size).toBe(expected.length)
    const actual = output.dataSync()
    expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5))
  })

  test('has the right gradient in input, weight and bias', () => {
    const f = (input: Tensor, weight: Tensor, bias: Tensor) => {
      const output = conv1d(input, weight, { ...given, bias })
      return sum<Scalar>(mul(output, waveTensor(output.shape, 99)))
    }
    // Central differences in float32 leave about this much.
    expect(gradientError(f, tensorsOf(given))).toBeLessThan(5e-3)
  })
})

/** Output by output, with zeros outside the input. */
function byDefinition(given: Case): number[] {
  const { stride, groups, padding, taps, outputs } = given
  const [batch, length, channels] = given.input
  const [input, weight, bias] = tensorsOf(given).map((x) => x.dataSync())
  const steps = Math.floor((length + padding[0] + padding[1] - taps) / stride) + 1
  const groupChannels = channels / groups
  const values: number[] = []
  for (let b = 0; b < batch; b++)
    for (let step = 0; step < steps; step++)
      for (let o = 0; o < outputs; o++) {
        const first = Math.floor(o / (outputs / groups)) * groupChannels
        let total = bias[o]
        for (let c = 0; c < groupChannels; c++)
          for (let tap = 0; tap < taps; tap++) {
            const place = step * stride + tap - padding[0]
            const x = place < 0 || place >= length ? 0 : input[(b * length + place) * channels + first + c]
            total += x * weight[(o * groupChannels + c) * taps + tap]
          }
        values.push(total)
      }
  return values
}
