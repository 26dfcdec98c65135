import type { SoundContent } from '../../worker/protocol.ts'
import type { Theme } from '../store/theme.ts'
import type { Rgba } from './pixels.ts'

/** Ink on paper in either theme: the louder, the more ink. */
const INK = { light: [27, 28, 30], dark: [236, 237, 238] } as const

/** Above 1 it keeps the background clean; quiet sounds still show. */
const CONTRAST = 1.6

/** Columns of the spectrogram that the tokens cover: the last few may belong to none. */
export function framesOf({ spectrogram, samples, tokenSamples }: SoundContent, tokens: number): number {
  const covered = Math.round((tokens * tokenSamples * spectrogram.frames) / samples.length)
  return Math.max(1, Math.min(spectrogram.frames, covered))
}

/** The first `frames` columns of a spectrogram as pixels, `[bands, frames, 4]`. */
export function spectrogramPixels({ spectrogram }: SoundContent, frames: number, theme: Theme): Rgba {
  const { bands, values, frames: columns } = spectrogram
  const [red, green, blue] = INK[theme]
  const pixels = new Uint8ClampedArray(4 * bands * frames)
  for (let band = 0; band < bands; band++)
    for (let frame = 0; frame < frames; frame++) {
      const ink = 255 * (values[band * columns + frame] / 255) ** CONTRAST
      pixels.set([red, green, blue, ink], 4 * (band * frames + frame))
    }
  return pixels
}

/** Lines of the waveform, so many that a screen shows them all. */
const WAVE_COLUMNS = 240

/** How loud a clip gets, from 0 to 1. */
export function loudestOf({ samples }: SoundContent): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
}

/**
 * SVG path of a waveform's outline over the samples that the tokens cover, in a box 1 wide and 2 high around its
 * middle at 0.
 * @param loudest what reaches the edge: that of the clip, so that a quiet one is drawn as high as a loud one; what was
 * drawn anew of the clip is cut off where it is louder
 */
export function wavePath({ samples, tokenSamples }: SoundContent, tokens: number, loudest: number): string {
  const end = Math.min(samples.length, tokens * tokenSamples)
  const heightOf = (sample: number) => Math.max(-1, Math.min(1, sample / (loudest || 1)))
  const columns = Math.min(WAVE_COLUMNS, end)
  const high: string[] = []
  const low: string[] = []
  for (let column = 0; column < columns; column++) {
    const stretch = samples.subarray(
      Math.floor((column * end) / columns),
      Math.floor(((column + 1) * end) / columns),
    )
    const top = heightOf(stretch.reduce((most, sample) => Math.max(most, sample), 0))
    const bottom = heightOf(stretch.reduce((least, sample) => Math.min(least, sample), 0))
    const x = ((column + 0.5) / columns).toFixed(4)
    high.push(`${x} ${(-top).toFixed(3)}`)
    low.push(`${x} ${(-bottom).toFixed(3)}`)
  }
  return `M0 0L${high.join('L')}L1 0L${low.reverse().join('L')}z`
}
