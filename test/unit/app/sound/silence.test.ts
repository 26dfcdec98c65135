import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { silence } from '../../../../src/app/sound/silence.ts'

const RATE = 16_000
const FADE = 80 // 5 ms

function heard(length: number, tokenSamples: number, masked: number[]): Float32Array {
  return silence(
    { rate: RATE, tokenSamples, samples: new Float32Array(length).fill(1) },
    Uint8Array.from(masked),
  )
}

describe('a clip as the student hears it', () => {
  test('is silent at masked tokens, whole elsewhere, with fades outside of the gaps', () => {
    const result = heard(2000, 640, [0, 1, 0])
    expect(result.subarray(640, 1280).every((x) => x === 0)).toBe(true)
    expect(result.subarray(0, 640 - FADE).every((x) => x === 1)).toBe(true)
    expect(result.subarray(1280 + FADE).every((x) => x === 1)).toBe(true)
    const into = result.subarray(640 - FADE, 640)
    into.forEach((x, i) => expect(x).toBeLessThan(into[i - 1] ?? 1))
    expect(into.toReversed()).toEqual(result.subarray(1280, 1280 + FADE))
  })

  test('ends with its last token, which owns what is left over', () => {
    expect(
      heard(2000, 640, [0, 0, 1])
        .subarray(1280)
        .every((x) => x === 0),
    ).toBe(true)
    expect(heard(2000, 640, [0, 0, 0]).every((x) => x === 1)).toBe(true)
  })

  test('leaves what was passed in as it was', () => {
    const samples = new Float32Array(100).fill(1)
    silence({ rate: RATE, tokenSamples: 50, samples }, Uint8Array.of(1, 0))
    expect(samples.every((x) => x === 1)).toBe(true)
  })

  test('never steps by more than a fade does, and never lets a masked token through', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(320, 640),
        (masked, tokenSamples) => {
          const result = heard(masked.length * tokenSamples + 100, tokenSamples, masked)
          masked.forEach((isMasked, token) => {
            const span = result.subarray(token * tokenSamples, (token + 1) * tokenSamples)
            if (isMasked === 1) expect(span.every((x) => x === 0)).toBe(true)
            else expect(span[tokenSamples / 2]).toBe(1)
          })
          const steps = result.map((x, i) => Math.abs(x - (result[i - 1] ?? x)))
          const steepest = steps.reduce((most, step) => Math.max(most, step), 0)
          expect(steepest).toBeLessThan(1.01 / FADE) // a little for float32
        },
      ),
    )
  })
})
