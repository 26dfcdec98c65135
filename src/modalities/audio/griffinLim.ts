import { MEL_HOP, MEL_WINDOW } from '../../config/audio.ts'
import { Random } from '../../ops/random.ts'
import { createFft, type Fft } from './fft.ts'
import { BINS, FFT_SIZE, hannWindow, melFilters, spread } from './mel.ts'

/** More are hardly heard, and a picture waits for them. */
const ROUNDS = 16

/** What is known of the sound: `[soundLength]`, and whether each has to be found. */
export interface Known {
  readonly samples: Float32Array
  readonly isHidden: (sample: number) => boolean
}

/** Samples of a sound of so many spectra. */
export function soundLength(frames: number): number {
  return (frames - 1) * MEL_HOP + MEL_WINDOW
}

/** A sound `[samples]` that has log-mel spectra `[frames, bands]`. */
export type FindSound = (spectra: Float32Array, known?: Known) => Float32Array

/**
 * Turns log-mel spectra into sound (Griffin and Lim 1984). They say how loud each pitch is at each time, but not how its
 * waves lie. So a sound is guessed, its spectra are given the loudness that is wanted, and the sound closest to those is
 * the next guess, again and again. What is known of the sound is put back in each round, so that what is found grows out of it.
 */
export function createGriffinLim(bands: number): FindSound {
  const filters = melFilters(bands)
  const transform = createFft(FFT_SIZE)
  const window = hannWindow()

  return (spectra, known) => {
    const frames = spectra.length / bands
    const wanted = Array.from({ length: frames }, (_, frame) =>
      spread(spectra.subarray(frame * bands, (frame + 1) * bands), filters).map(Math.sqrt),
    )
    let sound = noise(soundLength(frames))
    for (let round = 0; round < ROUNDS; round++) {
      putBack(sound, known)
      sound = closest(sound, wanted, window, transform)
    }
    putBack(sound, known)
    return Float32Array.from(sound)
  }
}

/** So faint that the waves of what is known grow into what is hidden before it counts. */
const FAINT = 1e-4

/** The first guess is noise, always the same, so that the same spectra sound the same. */
function noise(samples: number): Float64Array {
  const random = Random.stream(0, 'waves')
  return Float64Array.from({ length: samples }, () => FAINT * random.normal())
}

function putBack(sound: Float64Array, known: Known | undefined): void {
  if (known === undefined) return
  for (let i = 0; i < sound.length; i++) if (!known.isHidden(i)) sound[i] = known.samples[i]
}

/** The sound whose spectra come closest to those of another, once these have been given the loudness `wanted`. */
function closest(
  sound: Float64Array,
  wanted: readonly Float64Array[],
  window: Float64Array,
  transform: Fft,
): Float64Array {
  const sum = new Float64Array(sound.length)
  const weight = new Float64Array(sound.length)
  const real = new Float64Array(FFT_SIZE)
  const imaginary = new Float64Array(FFT_SIZE)
  const take = (frame: number, out: Float64Array) => {
    out.fill(0)
    for (let i = 0; i < MEL_WINDOW; i++) out[i] = sound[frame * MEL_HOP + i] * window[i]
  }
  const add = (frame: number, part: Float64Array) => {
    for (let i = 0; i < MEL_WINDOW; i++) {
      sum[frame * MEL_HOP + i] += (part[i] * window[i]) / FFT_SIZE
      weight[frame * MEL_HOP + i] += window[i] ** 2
    }
  }
  // Two frames of real samples for one transform: the second goes in as the imaginary part.
  for (let frame = 0; frame < wanted.length; frame += 2) {
    const isPair = frame + 1 < wanted.length
    take(frame, real)
    if (isPair) take(frame + 1, imaginary)
    else imaginary.fill(0)
    transform(real, imaginary)
    giveLoudness(real, imaginary, wanted[frame], isPair ? wanted[frame + 1] : undefined)
    transform(imaginary, real) // parts swapped, it runs backwards
    add(frame, real)
    if (isPair) add(frame + 1, imaginary)
  }
  return sum.map((value, i) => (weight[i] > LEAST_WEIGHT ? value / weight[i] : 0))
}

/** At the very ends no window reaches far enough to say anything. */
const LEAST_WEIGHT = 1e-6

/** In the transform of a + i·b, gives the spectrum of a and that of b other magnitudes `[BINS]`, in place. */
function giveLoudness(
  real: Float64Array,
  imaginary: Float64Array,
  ofA: Float64Array,
  ofB: Float64Array | undefined,
): void {
  for (let k = 0; k < BINS; k++) {
    const mirrored = (FFT_SIZE - k) % FFT_SIZE
    // a's part is conjugate-symmetric; b's, which comes times i, is anti-symmetric.
    const reA = (real[k] + real[mirrored]) / 2
    const imA = (imaginary[k] - imaginary[mirrored]) / 2
    const reB = (imaginary[k] + imaginary[mirrored]) / 2
    const imB = (real[mirrored] - real[k]) / 2
    const a = scaleTo(ofA[k], reA, imA)
    const b = scaleTo(ofB?.[k] ?? 0, reB, imB)
    real[k] = a * reA - b * imB
    imaginary[k] = a * imA + b * reB
    real[mirrored] = a * reA + b * imB
    imaginary[mirrored] = b * reB - a * imA
  }
}

/** What a complex number is multiplied with to have the magnitude that is wanted. */
function scaleTo(wanted: number, re: number, im: number): number {
  const magnitude = Math.sqrt(re * re + im * im)
  return magnitude > 0 ? wanted / magnitude : 0
}
