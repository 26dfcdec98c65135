import { MEL_HOP, SAMPLE_RATE, tokenSamples as tokenSamplesOf } from '../../config/audio.ts'
import type { Config } from '../../config/schema.ts'
import { meanSquare, type Drawing, type Redrawn, type SoundContent } from '../modality.ts'
import type { Clip } from './clips.ts'
import { createGriffinLim, soundLength, type FindSound } from './griffinLim.ts'
import { loudnessOf, readStretch } from './loudness.ts'
import { asPicture, loudestOf } from './spectrogram.ts'
import type { Moments, Spectra } from './spectra.ts'

/**
 * How frames are drawn anew: as a spectrogram, and as a sound that has it and is the recording's own where nothing is
 * hidden.
 * @param size clips that are trained on
 */
export function drawingOf(clips: readonly Clip[], size: number, spectra: Spectra, config: Config): Drawing {
  const moments = spectra.measure(size)
  const findSound = createGriffinLim(config.melBands)
  return {
    numbers: config.tokenFrames * config.melBands,
    numbersOf: (input) => input,
    errorOf: meanSquare,
    show: (sample, redrawn) => {
      const drawn = logMelOf(redrawn.numbers, moments)
      const first = (spectra.context + redrawn.written.start / MEL_HOP) * config.melBands
      const loudest = loudestOf(spectra.of(sample).subarray(first, first + drawn.length))
      return soundOf(clips[sample], redrawn, { drawn, loudest }, findSound, config)
    },
  }
}

/** Standardised numbers as spectra again. */
function logMelOf(numbers: Float32Array, moments: readonly Moments[]): Float32Array {
  return numbers.map((value, i) => {
    const { mean, std } = moments[i % moments.length]
    return value * std + mean
  })
}

/** Spectra `[frames, bands]`, and what counts as loud. */
interface DrawnSpectra {
  readonly drawn: Float32Array
  readonly loudest: number
}

function soundOf(
  { recording, start, length }: Clip,
  { written, mask }: Redrawn,
  { drawn, loudest }: DrawnSpectra,
  findSound: FindSound,
  config: Config,
): SoundContent {
  const bands = config.melBands
  const tokenSamples = tokenSamplesOf(config)
  const loudness = loudnessOf(recording.samples.subarray(start, start + length))
  const frames = drawn.length / bands
  const known = new Float32Array(soundLength(frames))
  readStretch(recording.samples, start + written.start, loudness, known)
  const isHidden = (i: number) => mask[Math.min(written.length - 1, Math.floor(i / tokenSamples))] === 1
  const found = findSound(drawn, { samples: known, isHidden })
  return {
    kind: 'sound',
    rate: SAMPLE_RATE,
    samples: found.map((value) => Math.max(-1, Math.min(1, value / loudness.scale + loudness.mean))),
    tokenSamples,
    spectrogram: { bands, frames, values: asPicture(drawn, bands, loudest) },
  }
}
