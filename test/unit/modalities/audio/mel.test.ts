import { describe, expect, test } from 'vitest'
import { SAMPLE_RATE } from '../../../../src/config/audio.ts'
import { createLogMel, framesOf, SILENCE } from '../../../../src/modalities/audio/mel.ts'
import { Random } from '../../../../src/ops/random.ts'

const tone = (hertz: number, length = SAMPLE_RATE) =>
  Float32Array.from({ length }, (_, i) => Math.SQRT2 * Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE))

function noise(length: number): Float32Array {
  const random = Random.stream(1, 'noise')
  return Float32Array.from({ length }, () => random.normal())
}

const loudestBand = (spectrum: Float32Array) => spectrum.indexOf(Math.max(...spectrum))

describe('the log-mel spectrogram', () => {
  test('has a spectrum for every whole window', () => {
    expect([399, 400, 559, 560, 16_000].map(framesOf)).toEqual([0, 1, 1, 2, 98])
    expect(createLogMel(40)(noise(560))).toHaveLength(2 * 40)
    expect(createLogMel(40)(noise(399))).toHaveLength(0)
  })

  test('computes each window alone, whether even or odd, first or last', () => {
    const samples = noise(400 + 4 * 160)
    const logMel = createLogMel(20)
    const spectra = logMel(samples)
    for (let frame = 0; frame < 5; frame++) {
      const alone = logMel(samples.subarray(frame * 160, frame * 160 + 400))
      alone.forEach((value, band) => expect(spectra[frame * 20 + band]).toBeCloseTo(value, 5)) // float32
    }
  })

  test('puts tones where the ear has them: evenly up to 1 kHz, by ratio above', () => {
    // 45.245 mels of Slaney's scale up to 8 kHz; the centre of band b is b + 1 steps up.
    const step = (15 + (27 * Math.log(8)) / Math.log(6.4)) / 41
    const centre = (band: number) => {
      const mel = (band + 1) * step
      return mel < 15 ? (mel * 200) / 3 : 1000 * 6.4 ** ((mel - 15) / 27)
    }
    for (const band of [3, 7, 12, 20, 30, 39]) {
      const spectra = createLogMel(40)(tone(centre(band)))
      expect(loudestBand(spectra.subarray(40, 80)), `band ${band}`).toBe(band)
    }
  })

  test('finds a mean power of 1 in each band of noise of variance 1', () => {
    const bands = 80
    const spectra = createLogMel(bands)(noise(20 * SAMPLE_RATE))
    const frames = spectra.length / bands
    for (let band = 0; band < bands; band++) {
      let power = 0
      for (let frame = 0; frame < frames; frame++) power += Math.exp(spectra[frame * bands + band]) / frames
      // About 800 windows that do not overlap, of at least one bin each: σ is 0.035 at most.
      expect(Math.abs(power - 1), `band ${band}`).toBeLessThan(0.16)
    }
  })

  test('is a number for silence, in every band', () => {
    expect([...new Set(createLogMel(80)(new Float32Array(1000)))]).toEqual([Math.fround(SILENCE)])
  })
})
