import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { layerNorm } from '../../../src/ops/norm.ts'
import { waveTensor } from '../../support/finiteDifferences.ts'

// The whole of tfjs brings its own backend: this oracle keeps a file of its own.
test('layerNorm agrees with the layer of tfjs', async () => {
  await tf.setBackend('cpu')
  const input = waveTensor([2, 3, 8], 2)
  const gain = waveTensor([8], 3)
  const bias = waveTensor([8], 4)
  const layer = tf.layers.layerNormalization({ epsilon: 1e-5 })
  layer.build(input.shape)
  layer.setWeights([gain, bias])
  const expected = (layer.apply(input) as tf.Tensor).dataSync()
  const actual = layerNorm(input, 1e-5, gain, bias).dataSync()
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5))
})
