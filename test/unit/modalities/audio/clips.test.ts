import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clipSamples } from '../../../../src/config/audio.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import { cutClips, piecesOf } from '../../../../src/modalities/audio/clips.ts'
import { noiseRecordings } from './sound.ts'

const config = resolveConfig('audio', 'small')
const cut = (...lengths: number[]) => cutClips(noiseRecordings(...lengths), config)

describe('recordings are cut', () => {
  test('into clips that follow one another, named by their recording and time', () => {
    const clips = cut(32_000, 16_000)
    expect(clips.map(({ start, length, label }) => [start, length, label])).toEqual([
      [0, 16_000, 'noise 0.wav, 0:00'],
      [16_000, 16_000, 'noise 0.wav, 0:01'],
      [0, 16_000, 'noise 1.wav'],
    ])
  })

  test('with what is left as the end of a whole clip, if it is a fifth of one', () => {
    const clips = cut(35_200, 35_199)
    expect(clips.map(({ start, length }) => [start, length])).toEqual([
      [0, 16_000],
      [16_000, 16_000],
      [19_200, 16_000],
      [0, 16_000],
      [16_000, 16_000],
    ])
    expect(clips[2].label).toBe('noise 0.wav, 0:01.2')
  })

  test('of which one that overlaps another is of one piece with it', () => {
    expect(piecesOf(cut(35_200, 32_000, 1520))).toEqual([0, 1, 1, 3, 4, 5])
  })

  test('with a short recording as one clip, if it makes two tokens', () => {
    // Eight spectra make two tokens: 400 + 7 · 160 samples.
    expect(cut(1520, 1519, 16_000).map(({ length }) => length)).toEqual([1520, 16_000])
  })

  test('at times with tenths where clips begin between seconds, minutes beyond one', () => {
    const clips = cutClips(noiseRecordings(63 * 16_000), { ...config, clipSeconds: 1.5 })
    expect(clips[1].label).toBe('noise 0.wav, 0:01.5')
    expect(clips[41].label).toBe('noise 0.wav, 1:01.5')
  })

  test('all of them, into whole clips unless a recording is shorter, but for remainders that are too short', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(100_000), { maxLength: 5 }),
        fc.integer({ min: 2, max: 40 }),
        (lengths, tenths) => {
          const settings = { ...config, clipSeconds: tenths / 10 }
          const size = clipSamples(settings)
          const { recordings } = noiseRecordings(40_000, 70_000, ...lengths)
          const clips = cutClips({ recordings }, settings)
          for (const recording of recordings) {
            const total = recording.samples.length
            const own = clips.filter((clip) => clip.recording === recording)
            own.forEach(({ start, length }, i) => {
              expect(length).toBe(Math.min(size, total))
              expect(start).toBe(i < own.length - 1 ? i * size : Math.min(i * size, total - length))
            })
            const last = own.at(-1)
            const lost = total - (last ? last.start + last.length : 0)
            expect(lost).toBeGreaterThanOrEqual(0)
            expect(lost).toBeLessThan(Math.max(size / 5, 1520))
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  test('or refused, if none is long enough', () => {
    expect(() => cut(1519, 0)).toThrow(/No recording is long enough for 2 frames.*lower “Spectra in a token”/)
    const waveform = { ...config, frontEnd: 'waveform' } as const
    expect(() => cutClips(noiseRecordings(500), waveform)).toThrow(/Add longer recordings\.$/)
    expect(() => cut()).toThrow(/No recording/)
  })
})
