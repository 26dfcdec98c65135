import {
  audioTokens,
  clipSamples,
  MEL_HOP,
  SAMPLE_RATE,
  tokenSamples as tokenSamplesOf,
} from '../../config/audio.ts'
import type { Config } from '../../config/schema.ts'
import { clipTokens } from '../../config/audio.ts'
import { Random } from '../../ops/random.ts'
import { classesOfParts } from '../classes.ts'
import type { Dataset, Shown, SoundContent } from '../modality.ts'
import { cutClips, piecesOf, type Clip, type Recordings } from './clips.ts'
import { AS_RECORDED, loudnessOf, readStretch } from './loudness.ts'
import { framesOf, SILENCE } from './mel.ts'
import { drawingOf } from './drawing.ts'
import { drawShift, samplesLeft } from './shift.ts'
import { asPicture, loudestOf } from './spectrogram.ts'
import { Spectra } from './spectra.ts'

export type { Recording, Recordings } from './clips.ts'

/** Writes the raw input of a clip that begins `shift` samples later than it was cut. */
type Write = (clip: number, shift: number, out: Float32Array) => void

/**
 * Cuts recordings into clips and writes each as the front end reads it: the waveform, or its log-mel spectrogram.
 * `Written.start` is how many samples later than cut a clip begins.
 * @param settings the run's settings at any time: `shift` is read anew for each sample, the rest once
 * @throws an Error for the person if there is no clip
 */
export function createDataset(source: Recordings, settings: () => Config): Dataset {
  const config = settings()
  const clips = cutClips(source, config)
  const recordingOf = clips.map((clip) => clip.source)
  const pieceOf = piecesOf(clips)
  const classes = () => source.classes && { ...classesOfParts(source.classes, recordingOf), pieceOf }
  const size = clips.length - (classes()?.heldOut ?? 0)
  const spectra = new Spectra(clips, config)
  const [rows, columns] = inputShape(config)
  const writeInput =
    config.frontEnd === 'waveform'
      ? waveformWriter(clips, config)
      : spectrogramWriter(clips, size, spectra, config)

  const write = (sample: number, out: Float32Array, offset: number, random: Random | undefined) => {
    const clip = clips[sample]
    const start = random && settings().shift ? drawShift(clip, config, random) : 0
    writeInput(sample, start, out.subarray(offset, offset + rows * columns))
    return { length: audioTokens(samplesLeft(clip, start, config), config), start }
  }

  const show = (sample: number, { written }: Shown) =>
    soundOf(clips[sample], spectra, sample, written.start, config)

  return {
    size,
    get classes() {
      return classes()
    },
    label: (sample) => clips[sample].label,
    write,
    show,
    raw: (sample) => rawOf(clips[sample], sample, spectra, config),
    drawing: config.frontEnd === 'logmel' ? drawingOf(clips, size, spectra, config) : undefined,
  }
}

/** Spectra that are put together to one, to compare with: a row each 40 ms. */
const RAW_FRAMES = 4

/** Log-mel spectra, a mean of a few at a time, from the first of a clip to the last; silence after its end. */
function rawOf({ length }: Clip, clip: number, spectra: Spectra, config: Config): Float32Array {
  const bands = config.melBands
  const rows = Math.floor(framesOf(clipSamples(config)) / RAW_FRAMES)
  const first = spectra.context * bands
  const numbers = Math.min(framesOf(length), rows * RAW_FRAMES) * bands
  const values = spectra.of(clip).subarray(first, first + numbers)
  const raw = new Float32Array(rows * bands).fill(SILENCE)
  values.forEach((value, i) => {
    const row = Math.floor(i / (RAW_FRAMES * bands))
    raw[row * bands + (i % bands)] += (value - SILENCE) / RAW_FRAMES
  })
  return raw
}

/** Shape of a clip's raw input: samples by 1, or tokens by the bands of their spectra. */
export function inputShape(config: Config): readonly [rows: number, columns: number] {
  if (config.frontEnd === 'waveform') return [clipSamples(config), 1]
  return [clipTokens(config), config.tokenFrames * config.melBands]
}

/** Standard deviation of the noise under every waveform: convolutions and norms make no number of exact silence. */
const DITHER = 0.01

/** More than the longest clip has samples, so that no noise repeats inside one. */
const DITHER_SAMPLES = 2 ** 16

/** Waveforms of mean 0 and variance 1 (spec §3.1), dithered, and zero where the recording has ended. */
function waveformWriter(clips: readonly Clip[], config: Config): Write {
  const dither = ditherNoise()
  return (clip, shift, out) => {
    const { recording, start, length } = clips[clip]
    const loudness = loudnessOf(recording.samples.subarray(start, start + length))
    readStretch(recording.samples, start + shift, loudness, out)
    const end = samplesLeft(clips[clip], shift, config)
    const first = (clip * 40_503) % DITHER_SAMPLES // odd, so that neighbours get other noise
    for (let i = 0; i < end; i++) out[i] += dither[(first + i) % DITHER_SAMPLES]
  }
}

/** Drawn once: normal numbers for every sample of every batch would take longer than all else. */
function ditherNoise(): Float32Array {
  const random = Random.stream(0, 'dither')
  return Float32Array.from({ length: DITHER_SAMPLES }, () => DITHER * random.normal())
}

/**
 * Log-mel spectra, each band standardised over the `size` clips that are trained on, `tokenFrames` of them to a token;
 * padding is zero.
 */
function spectrogramWriter(clips: readonly Clip[], size: number, spectra: Spectra, config: Config): Write {
  const moments = spectra.measure(size)
  const bands = moments.length
  return (clip, shift, out) => {
    const tokens = audioTokens(samplesLeft(clips[clip], shift, config), config)
    const numbers = tokens * config.tokenFrames * bands
    const values = spectra.of(clip)
    const first = (spectra.context + shift / MEL_HOP) * bands
    for (let i = 0; i < numbers; i++) {
      const { mean, std } = moments[i % bands]
      out[i] = (values[first + i] - mean) / std
    }
    out.fill(0, numbers)
  }
}

/** What a person sees and hears of a clip: all of it but the padding. */
function soundOf(clip: Clip, spectra: Spectra, sample: number, shift: number, config: Config): SoundContent {
  const samples = new Float32Array(samplesLeft(clip, shift, config))
  readStretch(clip.recording.samples, clip.start + shift, AS_RECORDED, samples)
  const bands = config.melBands
  const frames = framesOf(samples.length)
  const first = (spectra.context + shift / MEL_HOP) * bands
  const values = spectra.of(sample).subarray(first, first + frames * bands)
  return {
    kind: 'sound',
    rate: SAMPLE_RATE,
    samples,
    tokenSamples: tokenSamplesOf(config),
    spectrogram: { bands, frames, values: asPicture(values, bands, loudestOf(values)) },
  }
}
