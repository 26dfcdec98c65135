import { describe, expect, test } from 'vitest'
import { createFft } from '../../../../src/modalities/audio/fft.ts'
import { Random } from '../../../../src/ops/random.ts'

/** The definition, term by term. */
function transformSlowly(real: Float64Array, imaginary: Float64Array): [Float64Array, Float64Array] {
  const size = real.length
  const sumOf = (k: number, part: (re: number, im: number, angle: number) => number) =>
    real.reduce((sum, re, n) => sum + part(re, imaginary[n], (-2 * Math.PI * k * n) / size), 0)
  return [
    real.map((_, k) => sumOf(k, (re, im, angle) => re * Math.cos(angle) - im * Math.sin(angle))),
    real.map((_, k) => sumOf(k, (re, im, angle) => re * Math.sin(angle) + im * Math.cos(angle))),
  ]
}

describe.each([2, 8, 512])('the Fourier transform of %i numbers', (size) => {
  test('is the sum that defines it', () => {
    const random = Random.stream(size, 'signal')
    const real = Float64Array.from({ length: size }, () => random.normal())
    const imaginary = Float64Array.from({ length: size }, () => random.normal())
    const [expectedReal, expectedImaginary] = transformSlowly(real, imaginary)
    createFft(size)(real, imaginary)
    // Rounding in double precision: sums of 512 terms of size about 1.
    real.forEach((value, k) => expect(value).toBeCloseTo(expectedReal[k], 9))
    imaginary.forEach((value, k) => expect(value).toBeCloseTo(expectedImaginary[k], 9))
  })
})
