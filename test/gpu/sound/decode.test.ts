import { describe, expect, test } from 'vitest'
import { decodeSound } from '../../../src/app/sound/decode.ts'
import { cutRecordings, readManifest } from '../../../src/modalities/audio/sets.ts'
import { decode, hertzOf, loudnessOf } from './decoded.ts'
import { tone, wav, wavHeader, type Wav } from '../../support/wav.ts'

const RATE = 16_000
const second = (parts: Partial<Wav> = {}): Uint8Array<ArrayBuffer> => {
  const rate = parts.rate ?? RATE
  return wav({ rate, channels: 1, bits: 16, frames: rate, sampleAt: tone(rate), ...parts })
}

const meanOf = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length

describe('decodes to mono at 16 kHz', () => {
  test.each([
    { rate: 8000, channels: 1, bits: 8, kept: 1 },
    { rate: 16_000, channels: 1, bits: 16, kept: 1 },
    { rate: 44_100, channels: 2, bits: 16, kept: 1 },
    { rate: 48_000, channels: 6, bits: 24, kept: 1 },
    { rate: 48_000, channels: 8, bits: 16, kept: 1 },
    { rate: 96_000, channels: 2, bits: 32, kept: 1 },
    { rate: 192_000, channels: 1, bits: 24, kept: 0.8 }, // Chromium’s resampler is too short for this ratio
  ] as const)('$bits bits, $rate Hz, $channels channels', async ({ kept, ...format }) => {
    const { samples, refusal } = await decode(new Blob([second(format)]))
    expect(refusal).toBeUndefined()
    expect(Math.abs(samples.length - RATE)).toBeLessThan(20)
    const inner = samples.subarray(500, 15_500) // away from where a resampler begins and ends
    expect(hertzOf(inner)).toBeCloseTo(440, -1)
    expect(loudnessOf(inner)).toBeCloseTo((kept * 0.5) / Math.SQRT2, 2) // 8 bits have steps of 0.008
  })

  test('as the mean of all channels', async () => {
    const sampleAt = (frame: number, channel: number) => (channel === 3 ? tone(RATE)(frame, 0) : 0)
    const { samples } = await decode(new Blob([second({ channels: 4, sampleAt })]))
    expect(loudnessOf(samples)).toBeCloseTo(0.125 / Math.SQRT2, 3)
  })

  test('and clips what is louder than full scale', async () => {
    const sampleAt = (frame: number) => (frame < 8000 ? 4 : -4)
    const { samples } = await decode(new Blob([second({ bits: 32, sampleAt })]))
    expect([samples[4000], samples[12_000]]).toEqual([32_767, -32_767])
  })

  test('in parts, in their order', async () => {
    const frames = 25 * RATE
    const sampleAt = (frame: number) => frame / frames
    const { samples, parts } = await decode(new Blob([second({ frames, sampleAt })]))
    expect(parts).toEqual([10 * RATE, 10 * RATE, 5 * RATE])
    for (const at of [0, 9.99, 10.01, 19.99, 20.01, 24.9])
      expect(samples[at * RATE] / 32_767).toBeCloseTo(at / 25, 4)
  })

  test('whatever a file is called', async () => {
    expect((await decode(new Blob([second()], { type: 'image/png' }), 'holiday.png')).samples).toHaveLength(
      RATE,
    )
  })

  test.each(['instruments', 'voices'] as const)('the %s that come with the page', async (name) => {
    const [manifest, sound] = await Promise.all(
      ['json', 'opus'].map((ending) => fetch(`/samples/audio/${name}.${ending}`)),
    )
    const layout = readManifest(name, await manifest.json())
    const slices = [...layout.slices].sort((one, other) => one.start - other.start)
    const { samples } = await decode(await sound.blob())
    const { start, length } = slices[slices.length - 1]
    expect(samples.length).toBeGreaterThan(start + length - 200)
    // Between two recordings lie 800 samples of silence: away from their ends there is next to nothing of either.
    const { recordings } = cutRecordings(layout, samples)
    const gaps = slices.map((slice) => {
      const end = slice.start + slice.length
      return samples.subarray(end + 200, end + 600)
    })
    const loudness = recordings.map((recording) => loudnessOf(recording.samples))
    expect(Math.min(...loudness)).toBeGreaterThan(1e-3)
    expect(meanOf(gaps.map(loudnessOf))).toBeLessThan(0.01 * meanOf(loudness))
  })

  test('one file after another, what is urgent before what waits', async () => {
    const { ask, answered } = askTogether()
    const long = new Blob([second({ frames: 30 * RATE })])
    await Promise.all([ask(0, long), ask(1, new Blob([second()])), ask(2, long, { urgent: true })])
    expect(answered).toEqual([0, 0, 0, 2, 2, 2, 1])
  })

  test('only what is still wanted, be it begun or not', async () => {
    const { ask, answered } = askTogether()
    const long = new Blob([second({ frames: 30 * RATE })])
    const begun = new AbortController()
    const unwanted = new AbortController()
    const { signal } = begun
    const all = [
      ask(0, long, { signal, onAnswer: () => begun.abort() }),
      ask(1, long, { signal: unwanted.signal }),
      ask(2, new Blob([second()])),
    ]
    unwanted.abort()
    await Promise.all(all)
    expect(answered).toEqual([0, 2])
  })
})

interface Asked {
  readonly urgent?: boolean
  readonly signal?: AbortSignal
  readonly onAnswer?: () => void
}

/** Several requests, and the number of each answer in the order in which they come. */
function askTogether() {
  const answered: number[] = []
  const ask = (
    request: number,
    file: Blob,
    { urgent = false, signal = new AbortController().signal, onAnswer }: Asked = {},
  ) =>
    decodeSound(
      { type: 'decodeSound', request, file, name: '', urgent },
      (answer) => {
        answered.push(answer.request)
        onAnswer?.()
      },
      signal,
    )
  return { ask, answered }
}

describe('refuses, naming the file and the way out', () => {
  const refusalOf = async (file: Blob, name = 'a.wav') => (await decode(file, name)).refusal

  test('what lasts too long, before it is decoded', async () => {
    const megabyte = new Uint8Array(1_000_000)
    const hours = 3 * 3600 * 3000 // 8 bits at 3 kHz
    const data = Array.from({ length: Math.ceil(hours / 1e6) }, () => megabyte)
    const refusal = await refusalOf(new Blob([wavHeader(3000, 1, 8, hours), ...data]).slice(0, hours + 44))
    expect(refusal).toMatch(/“a.wav” lasts 3 hours.*limit is 2 hours. Cut it into shorter pieces/)
  })

  test.each([
    ['one sample', second({ frames: 1 }), /lasts only 0.000063 s.*at least 0.1 s|holds no sound/],
    ['no samples', second({ frames: 0 }), /damaged|holds no sound/],
    ['a blink', second({ frames: 1500 }), /lasts only 0.094 s. Choose recordings of at least 0.1 s/],
    ['half a header', second().subarray(0, 30), /cannot be decoded: it is damaged.*save it as WAV or MP3/],
    ['nothing', new Uint8Array(0), /cannot be decoded/],
    [
      'noise under the name of a sound',
      Uint8Array.from({ length: 5000 }, (_, i) => i * i),
      /cannot be decoded/,
    ],
    ['an MP4 without its inside', new TextEncoder().encode('\0\0\0\x18ftypisom\0\0\0\0isommp42'), /damaged/],
  ])('%s', async (_, bytes, message) => {
    expect(await refusalOf(new Blob([bytes]))).toMatch(message)
  })

  test('a video without sound', async () => {
    expect(await refusalOf(await silentVideo(), 'b.webm')).toMatch(
      /“b.webm” holds no sound that this browser/,
    )
  })

  test('what has been moved away', async () => {
    const file = Object.assign(new Blob([second()]), {
      arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
    })
    expect(await refusalOf(file)).toMatch(/could not be read. It may have been moved/)
  })

  test('and goes on with the next', async () => {
    expect(await refusalOf(new Blob(['nonsense']))).toBeDefined()
    expect((await decode(new Blob([second()]))).samples).toHaveLength(RATE)
  })
})

test('takes what there is of a file that was cut short', async () => {
  const { samples, refusal } = await decode(new Blob([second().subarray(0, 20_044)]))
  expect(refusal).toBeUndefined()
  expect(samples).toHaveLength(10_000)
})

/** Some frames of a growing square. */
async function silentVideo(): Promise<Blob> {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  const stream = canvas.captureStream()
  const recorder = new MediaRecorder(stream, { mimeType: 'video/webm' })
  const parts: Blob[] = []
  const hasFrames = new Promise<void>((resolve) => {
    recorder.ondataavailable = ({ data }) => {
      parts.push(data)
      if (data.size > 0) resolve()
    }
  })
  const ended = new Promise((resolve) => (recorder.onstop = resolve))
  let frames = 0
  const draw = () => {
    frames += 1
    context?.fillRect(0, 0, frames, frames)
    if (recorder.state === 'recording') requestAnimationFrame(draw)
  }
  recorder.start(100)
  draw()
  await hasFrames
  recorder.stop()
  await ended
  for (const track of stream.getTracks()) track.stop()
  return new Blob(parts, { type: 'video/webm' })
}
