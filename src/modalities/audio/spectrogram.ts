import { SILENCE } from './mel.ts'

/** The loudest band of any frame, or silence. */
export function loudestOf(spectra: Float32Array): number {
  return spectra.reduce((most, value) => Math.max(most, value), SILENCE)
}

/**
 * Spectra `[frames, bands]` as bytes `[bands, frames]`, the highest band first.
 * @param loudest becomes 255, as silence becomes 0
 */
export function asPicture(spectra: Float32Array, bands: number, loudest: number): Uint8Array<ArrayBuffer> {
  const frames = spectra.length / bands
  const range = loudest - SILENCE || 1
  const picture = new Uint8Array(spectra.length)
  for (let i = 0; i < spectra.length; i++) {
    const row = bands - 1 - (i % bands)
    const level = Math.min(1, Math.max(0, (spectra[i] - SILENCE) / range))
    picture[row * frames + Math.floor(i / bands)] = Math.round(255 * level)
  }
  return picture
}
