import { add, matMul, mul, reshape, tensor, type Tensor } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../../../src/config/presets.ts'
import type { Config } from '../../../../src/config/schema.ts'
import { clipTokens } from '../../../../src/config/audio.ts'
import { drawValues } from '../../../../src/data2vec/parameters.ts'
import { embed, parameters } from '../../../../src/modalities/audio/embed.ts'
import { Random } from '../../../../src/ops/random.ts'
import { waveTensor } from '../../../support/finiteDifferences.ts'

function weightsOf(config: Config): Record<string, Tensor> {
  const random = Random.stream(1, 'weights')
  return Object.fromEntries(
    parameters(config).map((spec) => [spec.name, tensor(drawValues(spec, random), [...spec.shape])]),
  )
}

/** Half a second, and as few channels as there may be. */
const SHORT = { clipSeconds: 0.5, convChannels: 8, width: 16 } as const

describe('the feature encoder', () => {
  test.each(['paper', 'short'] as const)(
    'with %s convolutions makes the tokens that the configuration says',
    (convLayers) => {
      const config = resolveConfig('audio', 'tiny', { ...SHORT, frontEnd: 'waveform', convLayers })
      const tokens = embed(weightsOf(config), waveTensor([2, 8000, 1], 1), config)
      expect(tokens.shape).toEqual([2, clipTokens(config), 16])
    },
  )

  test('does not care how loud a clip is, since every layer is normalised', () => {
    const config = resolveConfig('audio', 'tiny', { ...SHORT, frontEnd: 'waveform', normEpsilon: 1e-8 })
    const weights = weightsOf(config)
    const quiet = embed(weights, waveTensor([1, 8000, 1], 2), config).dataSync()
    const loud = embed(weights, mul(waveTensor([1, 8000, 1], 2), 8), config).dataSync()
    // ε weighs a little less against the louder clip.
    quiet.forEach((value, i) => expect(loud[i]).toBeCloseTo(value, 3))
  })

  test('on spectra is one linear layer', () => {
    const config = resolveConfig('audio', 'tiny', { tokenFrames: 2, melBands: 8, width: 16 })
    const [weight, bias] = [waveTensor([16, 16], 3), waveTensor([16], 4)]
    const spectra = waveTensor([1, 3, 16], 5)
    const weights = { 'feature_projection.weight': weight, 'feature_projection.bias': bias }
    expect(parameters(config).map(({ name }) => name)).toEqual(Object.keys(weights))
    const expected = add(matMul(reshape(spectra, [3, 16]), weight, false, true), bias).dataSync()
    const actual = embed(weights, spectra, config).dataSync()
    expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5))
  })
})
