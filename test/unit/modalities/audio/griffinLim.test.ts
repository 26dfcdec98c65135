import { expect, test } from 'vitest'
import { MEL_HOP, SAMPLE_RATE } from '../../../../src/config/audio.ts'
import { createGriffinLim } from '../../../../src/modalities/audio/griffinLim.ts'
import { createLogMel, framesOf } from '../../../../src/modalities/audio/mel.ts'

const BANDS = 40
const logMel = createLogMel(BANDS)
const findSound = createGriffinLim(BANDS)

const tone = (hertz: number, length = SAMPLE_RATE / 2) =>
  Float32Array.from({ length }, (_, i) => Math.SQRT2 * Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE))

/** The frequency of which a sound has most, to 2 Hz, by the plain Fourier sum. */
function pitchOf(sound: Float32Array): number {
  let best = { hertz: 0, power: 0 }
  for (let hertz = 50; hertz < 2000; hertz += 2) {
    let [re, im] = [0, 0]
    sound.forEach((value, i) => {
      re += value * Math.cos((2 * Math.PI * hertz * i) / SAMPLE_RATE)
      im += value * Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE)
    })
    const power = re * re + im * im
    if (power > best.power) best = { hertz, power }
  }
  return best.hertz
}

test.each([294, 515, 960])('a tone of %i Hz comes back at its pitch', (hertz) => {
  const sound = findSound(logMel(tone(hertz)))
  // Bands are 74 Hz apart up to 1 kHz, and say no more than which of them is loudest.
  expect(Math.abs(pitchOf(sound) - hertz)).toBeLessThan(40)
})

test('it is as long as the spectra say, and about as loud', () => {
  const original = tone(515)
  const spectra = logMel(original)
  const sound = findSound(spectra)
  expect(framesOf(sound.length)).toBe(spectra.length / BANDS)
  const power = (samples: Float32Array) =>
    samples.reduce((sum, value) => sum + value ** 2, 0) / samples.length
  expect(power(sound) / power(original)).toBeGreaterThan(0.3)
  expect(power(sound) / power(original)).toBeLessThan(3)
})

test('silence stays silence', () => {
  const loudest = Math.max(...findSound(logMel(new Float32Array(4000))).map(Math.abs))
  expect(loudest).toBeLessThan(1e-3) // 60 dB below a tone: rounding in float32
})

test('what is known stays as it is, and a gap is filled about as loud', () => {
  const original = tone(515)
  const isHidden = (i: number) => i >= 20 * MEL_HOP && i < 24 * MEL_HOP
  const sound = findSound(logMel(original), { samples: original, isHidden })
  let [found, lost] = [0, 0]
  sound.forEach((value, i) => {
    if (isHidden(i)) {
      found += value ** 2
      lost += original[i] ** 2
    } else expect(value).toBe(original[i])
  })
  expect(found / lost).toBeGreaterThan(0.3)
  expect(found / lost).toBeLessThan(3)
})

test('the same spectra sound the same', () => {
  const spectra = logMel(tone(700))
  expect(findSound(spectra)).toEqual(findSound(spectra))
})
