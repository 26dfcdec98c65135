import { expect, test } from 'vitest'
import { framesOf, loudestOf, spectrogramPixels, wavePath } from '../../../../src/app/views/spectrogram.ts'
import { tone } from '../../../support/snapshots.ts'

test('only as much of a spectrogram is drawn as the tokens cover', () => {
  // 18 columns for 2,860 samples; four tokens are 2,560 samples.
  expect(framesOf(tone, 4)).toBe(16)
  expect(framesOf(tone, 5)).toBe(18)
})

test('the louder, the more ink, in the colour of the theme', () => {
  const pixels = spectrogramPixels(tone, 16, 'light')
  expect(pixels).toHaveLength(4 * 3 * 16)
  const inkOf = (band: number, frame: number) => pixels[4 * (band * 16 + frame) + 3]
  expect(inkOf(0, 5)).toBe(0)
  expect(inkOf(2, 15)).toBeGreaterThan(inkOf(2, 4))
  expect([...pixels.subarray(0, 3)]).not.toEqual([...spectrogramPixels(tone, 16, 'dark').subarray(0, 3)])
})

test('a waveform reaches the edge where it is loudest, and a silent one is a line', () => {
  const heights = (path: string) =>
    [...path.matchAll(/ (-?\d+\.\d+)/g)].map(([, height]) => Math.abs(Number(height)))
  const highest = (content: typeof tone, loudest: number) =>
    Math.max(...heights(wavePath(content, 5, loudest)))
  const loudest = loudestOf(tone)
  expect(highest(tone, loudest)).toBeGreaterThan(0.97)
  expect(highest({ ...tone, samples: new Float32Array(3000) }, 0)).toBe(0)
  // Beside a sample that is twice as loud, and one that is half as loud.
  expect(highest(tone, 2 * loudest)).toBeCloseTo(highest(tone, loudest) / 2, 2)
  expect(highest(tone, loudest / 2)).toBe(1)
})
