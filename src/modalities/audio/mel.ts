import { convOutput, MEL_HOP, MEL_WINDOW, SAMPLE_RATE } from '../../config/audio.ts'
import { createFft } from './fft.ts'

/** Of each spectrum; the window is filled up with zeros. */
export const FFT_SIZE = 512

/** Frequencies of a spectrum, from 0 Hz to half the sample rate. */
export const BINS = FFT_SIZE / 2 + 1

/** Added to the power of a band before its logarithm, so that silence is a number: 50 dB below noise of variance 1. */
const POWER_FLOOR = 1e-5

/** What silence is on the logarithmic scale. */
export const SILENCE = Math.log(POWER_FLOOR)

/** Turns samples into spectra `[frames, bands]`, one for every whole window. */
export type LogMel = (samples: Float32Array) => Float32Array

/** Spectra that a number of samples makes. */
export function framesOf(samples: number): number {
  return convOutput(samples, [{ kernel: MEL_WINDOW, stride: MEL_HOP }])
}

/**
 * The log-mel spectrogram: natural logarithms of the mean power in bands that lie evenly on the mel scale from 0 Hz to
 * half the sample rate, under Hann windows of 25 ms every 10 ms. Noise of variance 1 has a mean power of 1.
 */
export function createLogMel(bands: number): LogMel {
  const transform = createFft(FFT_SIZE)
  const window = hannWindow()
  const filters = melFilters(bands)
  const real = new Float64Array(FFT_SIZE)
  const imaginary = new Float64Array(FFT_SIZE)

  return (samples) => {
    const frames = framesOf(samples.length)
    const spectra = new Float32Array(frames * bands)
    // Two spectra of real samples for one transform: the second frame goes in as the imaginary part.
    for (let frame = 0; frame < frames; frame += 2) {
      take(samples, frame, window, real)
      if (frame + 1 < frames) take(samples, frame + 1, window, imaginary)
      else imaginary.fill(0)
      transform(real, imaginary)
      intoPowers(real, imaginary)
      filter(real, filters, spectra.subarray(frame * bands))
      if (frame + 1 < frames) filter(imaginary, filters, spectra.subarray((frame + 1) * bands))
    }
    return spectra
  }
}

/** A Hann window `[MEL_WINDOW]`, scaled to energy 1 so that powers do not depend on its length. */
export function hannWindow(): Float64Array {
  const window = Float64Array.from(
    { length: MEL_WINDOW },
    (_, i) => Math.sin((Math.PI * i) / MEL_WINDOW) ** 2,
  )
  const energy = window.reduce((sum, value) => sum + value ** 2, 0)
  return window.map((value) => value / Math.sqrt(energy))
}

function take(samples: Float32Array, frame: number, window: Float64Array, out: Float64Array): void {
  const first = frame * MEL_HOP
  for (let i = 0; i < MEL_WINDOW; i++) out[i] = samples[first + i] * window[i]
  out.fill(0, MEL_WINDOW)
}

/**
 * Takes the transform of a + i·b apart, in place: the power of a in each bin `[BINS]`, and that of b. The transform of
 * real samples is conjugate-symmetric, that of imaginary ones anti-symmetric.
 */
function intoPowers(real: Float64Array, imaginary: Float64Array): void {
  for (let k = 0; k < BINS; k++) {
    const mirrored = (FFT_SIZE - k) % FFT_SIZE
    const re = real[k]
    const im = imaginary[k]
    const reMirrored = real[mirrored]
    const imMirrored = imaginary[mirrored]
    real[k] = ((re + reMirrored) ** 2 + (im - imMirrored) ** 2) / 4
    imaginary[k] = ((im + imMirrored) ** 2 + (reMirrored - re) ** 2) / 4
  }
}

/** The weights of neighbouring bins in one band; they add up to 1. */
export interface Filter {
  readonly first: number
  readonly weights: Float64Array
}

function filter(powers: Float64Array, filters: readonly Filter[], out: Float32Array): void {
  for (let band = 0; band < filters.length; band++) {
    const { first, weights } = filters[band]
    let power = 0
    for (let i = 0; i < weights.length; i++) power += powers[first + i] * weights[i]
    out[band] = Math.log(power + POWER_FLOOR)
  }
}

/**
 * The power of each frequency, `[BINS]`, that bands `[bands]` of logarithmic powers tell of: the mean of those that it
 * is in, and nothing where it is in none.
 */
export function spread(spectrum: Float32Array, filters: readonly Filter[]): Float64Array {
  const powers = new Float64Array(BINS)
  const shares = new Float64Array(BINS)
  filters.forEach(({ first, weights }, band) => {
    const largest = Math.max(...weights)
    const power = Math.max(0, Math.exp(spectrum[band]) - POWER_FLOOR)
    weights.forEach((weight, i) => {
      powers[first + i] += (weight / largest) * power
      shares[first + i] += weight / largest
    })
  })
  return powers.map((power, bin) => (shares[bin] > 0 ? power / shares[bin] : 0))
}

/** Triangles that overlap by half. On Slaney's scale even the lowest of 80 bands is wider than a bin. */
export function melFilters(bands: number): Filter[] {
  const step = toMel(SAMPLE_RATE / 2) / (bands + 1)
  return Array.from({ length: bands }, (_, band) => {
    const [low, centre, high] = [band, band + 1, band + 2].map((i) => toHertz(i * step))
    const first = Math.floor(low / HERTZ_A_BIN) + 1
    const last = Math.min(BINS - 1, Math.ceil(high / HERTZ_A_BIN) - 1)
    const weights = Float64Array.from({ length: last - first + 1 }, (_, i) => {
      const hertz = (first + i) * HERTZ_A_BIN
      return Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre))
    })
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return { first, weights: weights.map((weight) => weight / sum) }
  })
}

const HERTZ_A_BIN = SAMPLE_RATE / FFT_SIZE

/** Slaney's mel scale: even steps of 200/3 Hz up to 1 kHz, then 27 steps for a factor of 6.4. */
const LINEAR_HERTZ = 1000
const HERTZ_A_MEL = 200 / 3
const LINEAR_MELS = LINEAR_HERTZ / HERTZ_A_MEL
const MELS_A_NEPER = 27 / Math.log(6.4)

function toMel(hertz: number): number {
  if (hertz <= LINEAR_HERTZ) return hertz / HERTZ_A_MEL
  return LINEAR_MELS + MELS_A_NEPER * Math.log(hertz / LINEAR_HERTZ)
}

function toHertz(mel: number): number {
  if (mel <= LINEAR_MELS) return mel * HERTZ_A_MEL
  return LINEAR_HERTZ * Math.exp((mel - LINEAR_MELS) / MELS_A_NEPER)
}
