import { resolveConfig } from '../../../../src/config/presets.ts'
import type { Overrides } from '../../../../src/config/preset.ts'
import { createDataset, type Recordings } from '../../../../src/modalities/audio/samples.ts'
import type { Written } from '../../../../src/modalities/modality.ts'
import { Random } from '../../../../src/ops/random.ts'

/** Noise of half the greatest loudness. */
export function noiseSamples(length: number, name = 'noise'): Int16Array {
  const random = Random.stream(1, name)
  return Int16Array.from({ length }, () => random.integer(-16_000, 16_000))
}

/** A recording of each length, in samples. */
export function noiseRecordings(...lengths: readonly number[]): Recordings {
  return {
    recordings: lengths.map((length, i) => ({
      label: `noise ${i}.wav`,
      samples: noiseSamples(length, `noise ${i}`),
    })),
  }
}

export function create(recordings: Recordings, overrides: Overrides = {}) {
  const config = resolveConfig('audio', 'small', overrides)
  const dataset = createDataset(recordings, () => config)
  const size = inputNumbers(config)
  const writeTo = (sample: number, random?: Random): { written: Written; input: Float32Array } => {
    const input = new Float32Array(size).fill(NaN) // what is not written stays NaN
    return { written: dataset.write(sample, input, 0, random), input }
  }
  const show = (sample: number, written: Written) => {
    const content = dataset.show(sample, { written, input: new Float32Array(size), seen: undefined })
    if (content.kind !== 'sound') throw new Error('not a sound')
    return content
  }
  return { config, dataset, write: writeTo, show }
}

function inputNumbers(config: ReturnType<typeof resolveConfig>): number {
  if (config.frontEnd === 'waveform') return Math.round(config.clipSeconds * 16_000)
  const frames = Math.floor((config.clipSeconds * 16_000 - 400) / 160) + 1
  return Math.floor(frames / config.tokenFrames) * config.tokenFrames * config.melBands
}
