import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { presetsOf, resolveConfig } from '../../../../src/config/presets.ts'
import { clipTokens } from '../../../../src/config/audio.ts'
import { audioModality } from '../../../../src/modalities/audio/modality.ts'
import { noiseRecordings } from './sound.ts'

describe.each(presetsOf('audio'))('with the preset %s', (preset) => {
  const config = resolveConfig('audio', preset, { width: 16, convChannels: 8 })
  const { tokens, input, grid } = audioModality.layout(config)

  test('a clip has as many tokens as its embedding', () => {
    expect(tokens).toBe(clipTokens(config))
    expect(grid).toEqual([1, tokens])
    const dataset = audioModality.createDataset(noiseRecordings(16_000, 16_000), () => config)
    const raw = new Float32Array(input[0] * input[1])
    expect(dataset.write(1, raw, 0, undefined).length).toBe(tokens)
    const embedded = tf.tidy(() => {
      const weights = Object.fromEntries(
        audioModality.parameters(config).map(({ name, shape }) => [name, tf.fill([...shape], 0.1)]),
      )
      return audioModality.embed(weights, tf.tensor3d(raw, [1, ...input]), config)
    })
    expect(embedded.shape).toEqual([1, tokens, config.width])
    embedded.dispose()
  })
})
