/** Transforms the complex numbers `real + i·imaginary` in place. */
export type Fft = (real: Float64Array, imaginary: Float64Array) => void

/**
 * The fast Fourier transform (Cooley and Tukey, radix 2, decimation in time) of a fixed size:
 * X[k] = Σ x[n]·exp(−2πi·k·n / size).
 * @param size a power of two
 */
export function createFft(size: number): Fft {
  const reversed = bitReversal(size)
  const cosines = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size))
  const sines = Float64Array.from({ length: size / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / size))

  return (real, imaginary) => {
    permute(real, reversed)
    permute(imaginary, reversed)
    for (let half = 1; half < size; half *= 2) {
      const step = size / (2 * half)
      for (let first = 0; first < size; first += 2 * half)
        for (let k = 0; k < half; k++) {
          const cosine = cosines[k * step]
          const sine = sines[k * step]
          const even = first + k
          const odd = even + half
          const re = real[odd] * cosine - imaginary[odd] * sine
          const im = real[odd] * sine + imaginary[odd] * cosine
          real[odd] = real[even] - re
          imaginary[odd] = imaginary[even] - im
          real[even] += re
          imaginary[even] += im
        }
    }
  }
}

/** For each place, the place whose binary digits are the same in reverse. */
function bitReversal(size: number): Uint32Array {
  const reversed = new Uint32Array(size)
  for (let i = 1; i < size; i++) reversed[i] = (reversed[i >> 1] >> 1) + (i & 1) * (size / 2)
  return reversed
}

function permute(values: Float64Array, places: Uint32Array): void {
  for (let i = 0; i < places.length; i++) {
    const j = places[i]
    if (j <= i) continue
    const held = values[i]
    values[i] = values[j]
    values[j] = held
  }
}
