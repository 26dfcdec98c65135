import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { audioTokens } from '../../../../src/config/audio.ts'
import type { Overrides } from '../../../../src/config/preset.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import { createDataset, type Recordings } from '../../../../src/modalities/audio/samples.ts'
import { Random } from '../../../../src/ops/random.ts'
import { create, noiseRecordings, noiseSamples } from './sound.ts'

const meanOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, x) => sum + x, 0) / values.length
const varianceOf = (values: ArrayLike<number>) => {
  const mean = meanOf(values)
  return meanOf(Array.from(values, (x) => (x - mean) ** 2))
}

const WAVEFORM = { frontEnd: 'waveform' } as const
const FRONT_ENDS = ['waveform', 'logmel'] as const

/** A recording whose samples say where they are. */
function ramp(length: number): Recordings['recordings'][number] {
  return { label: 'ramp', samples: Int16Array.from({ length }, (_, i) => i % 30_000) }
}

describe('a waveform', () => {
  test('has mean 0 and variance 1 over its real samples, and zeros where the recording has ended', () => {
    const { write } = create(noiseRecordings(16_000, 10_000), WAVEFORM)
    for (const [sample, length] of [
      [0, 16_000],
      [1, 10_000],
    ]) {
      const { input, written } = write(sample)
      const real = input.subarray(0, length)
      expect(written).toEqual({ length: Math.floor(length / 320) - 1 + Number(length % 320 >= 80), start: 0 })
      // The dither adds a mean of 0.01 / √10,000 and a variance of 0.0001.
      expect(Math.abs(meanOf(real))).toBeLessThan(5e-4)
      expect(Math.abs(varianceOf(real) - 1)).toBeLessThan(5e-4)
      expect(input.subarray(length).every((value) => value === 0)).toBe(true)
    }
  })

  test('is the same each time it is written, and dithered otherwise than its neighbours', () => {
    const silence = { recordings: [{ label: 'silence', samples: new Int16Array(48_000) }] }
    const { write } = create(silence, WAVEFORM)
    expect(write(1).input).toEqual(write(1).input)
    expect(write(1).input).not.toEqual(write(2).input)
    // Silence is the dither alone: σ 0.01 over 16,000 samples.
    expect(Math.sqrt(varianceOf(write(0).input))).toBeCloseTo(0.01, 3)
  })

  test('is hardly louder for being nearly silent', () => {
    const samples = Int16Array.from({ length: 32_000 }, (_, i) => i % 2)
    const { write } = create({ recordings: [{ label: 'hum', samples }] }, WAVEFORM)
    expect(Math.max(...write(0).input)).toBeLessThan(0.1)
  })
})

describe('a log-mel spectrogram', () => {
  test('has mean 0 and variance 1 in each band over the set', () => {
    const { write, config } = create(noiseRecordings(160_000, 5_000), { melBands: 8 })
    const bands: number[][] = Array.from({ length: config.melBands }, () => [])
    for (let sample = 0; sample < 11; sample++) {
      const { input, written } = write(sample)
      const real = written.length * config.tokenFrames * config.melBands
      input.subarray(0, real).forEach((value, i) => bands[i % config.melBands].push(value))
      expect(input.subarray(real).every((value) => value === 0)).toBe(true)
    }
    for (const values of bands) {
      // The statistics are of all whole spectra, the tokens leave out the last two of a clip.
      expect(Math.abs(meanOf(values))).toBeLessThan(0.02)
      expect(Math.abs(varianceOf(values) - 1)).toBeLessThan(0.04)
    }
  })

  test('lays out a token spectrum by spectrum, band by band', () => {
    const fine = create(noiseRecordings(32_000), { tokenFrames: 1 })
    const coarse = create(noiseRecordings(32_000), { tokenFrames: 4 })
    expect(coarse.write(0).input).toEqual(fine.write(0).input.subarray(0, 24 * 4 * 40))
    expect(coarse.write(0).written.length).toBe(24)
  })

  test('does not depend on how loud a recording is', () => {
    const loud = noiseSamples(32_000)
    const soft = loud.map((sample) => sample / 4)
    const of = (samples: Int16Array) => create({ recordings: [{ label: '', samples }] }).write(0).input
    // Rounded samples are noise at −83 dB, and ε 1e-5 is 0.02 % of the soft variance: 0.2 % of a power, over σ ≈ 0.5.
    const expected = of(loud)
    of(soft).forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(0.01))
  })

  test('takes its statistics from some of a large set, whose other clips stay unread', () => {
    const samples = noiseSamples(1200 * 3200)
    const of = (recording: Int16Array) =>
      create({ recordings: [{ label: '', samples: recording }] }, { clipSeconds: 0.2 }).write(0).input
    const changed = samples.slice()
    changed.fill(0, 6 * 3200, 7 * 3200)
    expect(of(changed)).toEqual(of(samples))
  })
})

describe.each(FRONT_ENDS)('whatever the front end, %s', (frontEnd) => {
  test('everything is finite, silence, too', () => {
    const recordings = [new Int16Array(20_000), new Int16Array(5000), new Int16Array(40_000).fill(-32_768)]
    const { dataset, write, show } = create(
      { recordings: recordings.map((samples) => ({ label: '', samples })) },
      { frontEnd, shift: true },
    )
    for (let sample = 0; sample < dataset.size; sample++) {
      const { input, written } = write(sample, Random.stream(sample, 'shift'))
      expect(input.every(Number.isFinite)).toBe(true)
      expect(show(sample, written).samples.every(Number.isFinite)).toBe(true)
    }
  })

  test('a clip is shown as it was recorded, without its padding', () => {
    const recordings = noiseRecordings(16_000, 10_000)
    const { write, show } = create(recordings, { frontEnd })
    const shown = show(1, write(1).written)
    expect(shown.rate).toBe(16_000)
    expect(Array.from(shown.samples, (x) => x * 32_768)).toEqual([...recordings.recordings[1].samples])
    expect(shown.tokenSamples).toBe(frontEnd === 'waveform' ? 320 : 640)
    const { bands, frames, values } = shown.spectrogram
    expect({ bands, frames, length: values.length }).toEqual({ bands: 40, frames: 61, length: 40 * 61 })
    expect(Math.max(...values)).toBe(255)
  })

  test('as many tokens count as the samples that are left make', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3200, max: 40_000 }), fc.nat(), (length, seed) => {
        const { dataset, write, show, config } = create(noiseRecordings(16_000, length), {
          frontEnd,
          shift: true,
        })
        for (let sample = 0; sample < dataset.size; sample++) {
          const { written, input } = write(sample, Random.stream(seed, 'shift'))
          const shown = show(sample, written)
          expect(written.length).toBe(audioTokens(shown.samples.length, config))
          expect(written.length).toBeGreaterThanOrEqual(2)
          expect(Math.abs(written.start)).toBeLessThanOrEqual(1600)
          expect(input.every(Number.isFinite)).toBe(true)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('shifting is off unless the setting and the sampler ask for it, and follows the setting', () => {
    let config = resolveConfig('audio', 'small', { frontEnd })
    const dataset = createDataset(noiseRecordings(80_000), () => config)
    const out = new Float32Array(16_000)
    const starts = (random: Random | undefined) =>
      new Set(Array.from({ length: 20 }, () => dataset.write(2, out, 0, random).start))
    expect([...starts(Random.stream(1, 'shift'))]).toEqual([0])
    config = { ...config, shift: true }
    expect(starts(Random.stream(1, 'shift')).size).toBeGreaterThan(5)
    expect([...starts(undefined)]).toEqual([0])
  })
})

describe('a shifted clip', () => {
  const shiftsOf = (lengths: number[], sample: number) => {
    const { write } = create(noiseRecordings(...lengths), { shift: true })
    const random = Random.stream(1, 'shift')
    const starts = Array.from({ length: 500 }, () => write(sample, random).written.start)
    return [Math.min(...starts), Math.max(...starts)]
  }

  test('begins up to a tenth of a clip earlier or later', () => {
    expect(shiftsOf([80_000], 2)).toEqual([-1600, 1600])
  })

  test('stays inside a recording that is longer than a clip', () => {
    expect(shiftsOf([80_000], 0)).toEqual([0, 1600])
    expect(shiftsOf([80_000], 4)).toEqual([-1600, 0])
    expect(shiftsOf([16_000 + 480, 16_000], 0)).toEqual([0, 480])
  })

  test('has silence before a recording that is no longer than a clip, or loses its beginning', () => {
    expect(shiftsOf([16_000, 16_000], 0)).toEqual([-1600, 1600])
  })

  test('is read from where it begins', () => {
    const recordings = { recordings: [ramp(29_000), ramp(16_000)] }
    const { write, show } = create(recordings, { shift: true })
    const random = Random.stream(1, 'shift')
    for (let i = 0; i < 20; i++) {
      const { written } = write(0, random)
      expect(Math.round(show(0, written).samples[0] * 32_768)).toBe(written.start)
    }
    const early = Array.from({ length: 50 }, () => write(2, random).written).find(({ start }) => start < 0)
    const { samples } = show(2, early ?? { start: 0, length: 0 })
    const silent = -(early?.start ?? 0)
    expect(samples.subarray(0, silent).every((x) => x === 0)).toBe(true)
    expect(Math.round(samples[silent + 7] * 32_768)).toBe(7)
  })

  test('has the spectra of the place where it begins', () => {
    // The second recording is the first from 640 samples on: a clip of it looks like one of the first shifted by 640.
    const samples = noiseSamples(64_000)
    const later = samples.subarray(640)
    const { write } = create(
      {
        recordings: [
          { label: 'a', samples },
          { label: 'b', samples: later },
        ],
      },
      { shift: true },
    )
    const random = Random.stream(1, 'shift')
    const shifted = Array.from({ length: 200 }, () => {
      const { input, written } = write(1, random)
      return { start: written.start, input }
    }).find(({ start }) => start === 640)
    // Each clip is scaled by its own loudness: that of two stretches of noise differs by 1 % or so.
    const plain = write(5).input
    expect(shifted).toBeDefined()
    shifted?.input.forEach((value, i) => expect(Math.abs(value - plain[i])).toBeLessThan(0.1))
  })
})

describe('held-out recordings', () => {
  const { recordings } = noiseRecordings(16_000, 32_000, 24_000)
  const classes = { names: ['a', 'b'], of: [0, 1, 1], subjectOf: [5, 6, 7], heldOut: 1 }
  const { dataset } = create({ recordings, classes })

  test('lend what is known of them to each of their clips, which come last', () => {
    expect(dataset.classes).toEqual({
      names: ['a', 'b'],
      of: [0, 1, 1, 1, 1],
      subjectOf: [5, 6, 6, 7, 7],
      pieceOf: [0, 1, 2, 3, 3],
      heldOut: 2,
    })
    expect(dataset.size).toBe(3)
  })

  test('do not change how the others are standardised', () => {
    const loud = { ...recordings[2], samples: Int16Array.from({ length: 24_000 }, (_, i) => (i % 2) * 9000) }
    const other = create({ recordings: [recordings[0], recordings[1], loud], classes })
    expect(other.write(0).input).toEqual(create({ recordings, classes }).write(0).input)
  })
})

test('raw features are means of four spectra, and silence after the end', () => {
  const { dataset, config } = create(noiseRecordings(16_000, 8000))
  const [whole, half] = [dataset.raw(0), dataset.raw(1)]
  expect(whole).toHaveLength(half.length)
  expect(whole.length % config.melBands).toBe(0)
  const silence = half[half.length - 1]
  expect(Math.min(...whole)).toBeGreaterThan(silence)
  expect(
    half
      .slice(Math.ceil(half.length / config.melBands / 2 + 1) * config.melBands)
      .every((x) => x === silence),
  ).toBe(true)
})

describe('frames that are drawn anew', () => {
  const recordings = noiseRecordings(40_000, 10_000)

  /** All that a clip is drawn from, and a mask that hides some of its frames. */
  function drawnFrom(sample: number, hidden: readonly number[], overrides: Overrides = {}) {
    const { dataset, write, show } = create(recordings, overrides)
    const { drawing } = dataset
    if (drawing === undefined) throw new Error('Spectra can be drawn.')
    const { written, input } = write(sample)
    const numbers = drawing.numbersOf(input.slice(0, written.length * drawing.numbers))
    const mask = Uint8Array.from({ length: written.length }, (_, i) => Number(hidden.includes(i)))
    const redraw = (changed: Float32Array) => {
      const content = drawing.show(sample, { written, numbers: changed, mask })
      if (content.kind !== 'sound') throw new Error('not a sound')
      return content
    }
    return { numbers, redraw, original: show(sample, written), perToken: drawing.numbers }
  }

  test.each([0, 2])('of numbers of their own are the spectrogram of the clip, number %i', (sample) => {
    const { numbers, redraw, original } = drawnFrom(sample, [1])
    const drawn = redraw(numbers).spectrogram
    const { values, frames, bands } = original.spectrogram
    for (let band = 0; band < bands; band++)
      for (let frame = 0; frame < drawn.frames; frame++) {
        const apart = values[band * frames + frame] - drawn.values[band * drawn.frames + frame]
        expect(Math.abs(apart)).toBeLessThanOrEqual(2) // of 255: the loudest may lie in the frames that make no token
      }
  })

  test('sound as recorded wherever nothing is hidden', () => {
    const { numbers, redraw, original } = drawnFrom(0, [3, 4])
    const { samples, tokenSamples } = redraw(numbers)
    samples.forEach((value, i) => {
      const token = Math.floor(i / tokenSamples)
      if (token !== 3 && token !== 4) expect(value).toBeCloseTo(original.samples[i], 5) // float32, there and back
    })
    const gap = (sound: Float32Array) => sound.slice(3 * tokenSamples, 5 * tokenSamples)
    expect(gap(samples)).not.toEqual(gap(original.samples))
  })

  test('sound to their end, however few frames make a token', () => {
    const { numbers, redraw } = drawnFrom(0, [3], { tokenFrames: 1 })
    expect(redraw(numbers).samples.every(Number.isFinite)).toBe(true)
  })

  test('are quiet where their numbers are low', () => {
    const { numbers, redraw, perToken } = drawnFrom(0, [3, 4])
    const quiet = numbers.map((value, i) => (Math.floor(i / perToken) === 3 ? value - 10 : value))
    const { values, frames } = redraw(quiet).spectrogram
    const brightness = (frame: number) => {
      let sum = 0
      for (let at = frame; at < values.length; at += frames) sum += values[at]
      return sum
    }
    expect(brightness(13)).toBeLessThan(0.5 * brightness(21)) // of tokens 3 and 5
  })

  test('cannot be had of a waveform', () => {
    expect(create(recordings, WAVEFORM).dataset.drawing).toBeUndefined()
  })
})
