import { audioTokens, clipSamples, MEL_HOP } from '../../config/audio.ts'
import type { Config } from '../../config/schema.ts'
import type { Random } from '../../ops/random.ts'
import { FEWEST_TOKENS, type Clip } from './clips.ts'

/** A clip begins at most this share of its length earlier or later. */
const MOST_SHIFT = 0.1

/** Samples by which a clip may begin earlier or later at most. */
export function mostShift(config: Config): number {
  return Math.floor(MOST_SHIFT * clipSamples(config))
}

/** Samples of a clip that are left when it begins `shift` samples later: up to its whole length or the recording's end. */
export function samplesLeft({ recording, start }: Clip, shift: number, config: Config): number {
  return Math.min(clipSamples(config), recording.samples.length - start - shift)
}

/**
 * Samples by which a clip begins later, or earlier if negative: a multiple of the spectrogram's step, so that its
 * spectra can be reused. It stays inside a recording that is longer than a clip; a shorter one gets silence before it,
 * or loses its beginning.
 */
export function drawShift(clip: Clip, config: Config, random: Random): number {
  const { start, recording } = clip
  const most = mostShift(config)
  const spare = recording.samples.length - clipSamples(config)
  const earliest = spare > 0 ? Math.max(-most, -start) : -most
  const latest = spare > 0 ? Math.min(most, Math.max(0, spare - start)) : most
  const shift = MEL_HOP * random.integer(Math.ceil(earliest / MEL_HOP), Math.floor(latest / MEL_HOP))
  return audioTokens(samplesLeft(clip, shift, config), config) < FEWEST_TOKENS ? 0 : shift
}
