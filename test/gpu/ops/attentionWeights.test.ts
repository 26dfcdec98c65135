import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, test } from 'vitest'
import { attention, attentionWeights } from '../../../src/ops/attention.ts'
import { expectClose, use } from '../../support/againstPlain.ts'
import { waveTensor } from '../../support/finiteDifferences.ts'

const [BATCH, TOKENS, HEADS, HEAD_WIDTH] = [2, 7, 3, 8]

beforeAll(() => use('webgpu'))

test('the weights that a person sees are those by which the kernel mixes values', async () => {
  const qkv = waveTensor([BATCH, TOKENS, 3 * HEADS * HEAD_WIDTH], 1)
  const bias = waveTensor([HEADS, TOKENS, TOKENS], 2)
  const valid = tf.tensor2d([1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1], [BATCH, TOKENS])
  const mixed = attention(qkv, HEADS, { bias, valid })
  const byWeights = tf.tidy(() => {
    const values = tf.reshape(tf.split(qkv, 3, 2)[2], [BATCH, TOKENS, HEADS, HEAD_WIDTH])
    const weights = attentionWeights(qkv, HEADS, { bias, valid })
    const byHead = tf.matMul(weights, tf.transpose(values, [0, 2, 1, 3]))
    return tf.reshape(tf.transpose(byHead, [0, 2, 1, 3]), mixed.shape)
  })
  expectClose(await mixed.data(), await byWeights.data(), 'mixed values')
  tf.dispose([qkv, bias, valid, mixed, byWeights])
})
