import { expect, test } from 'vitest'
import { stepFlops } from '../../../../src/engine/benchmark/flops.ts'
import type { Overrides } from '../../../../src/config/preset.ts'
import type { ModalityName } from '../../../../src/config/modalities.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import { parametersOf } from '../../../../src/data2vec/learner.ts'
import { audioModality } from '../../../../src/modalities/audio/modality.ts'
import { imageModality } from '../../../../src/modalities/image/modality.ts'
import { textModality } from '../../../../src/modalities/text/modality.ts'

const MODALITIES = { image: imageModality, audio: audioModality, text: textModality }

function flopsOf(name: ModalityName, overrides: Overrides): number {
  const config = resolveConfig(name, 'tiny', overrides)
  const modality = MODALITIES[name]
  return stepFlops({ config, layout: modality.layout(config), weights: parametersOf(modality, config) })
}

/** Four tokens of twelve numbers, and a CLS token. */
const IMAGE = {
  imageSize: 4,
  patchSize: 2,
  channels: 'colour',
  width: 8,
  heads: 2,
  ffnRatio: 4,
  batchSize: 3,
} as const

test('an image network by hand', () => {
  const [batch, tokens, width, depth] = [3, 4, 8, 2]
  const embedding = 2 * batch * tokens * width * 12
  const block =
    2 * batch * (tokens + 1) * (3 + 1 + 4 + 4) * width * width + 4 * batch * (tokens + 1) ** 2 * width
  const head = 2 * batch * tokens * width * width
  const student = embedding + depth * block + head
  const config = { ...IMAGE, depth, clsToken: true, head: 'linear', positions: 'sincos' } as const
  expect(flopsOf('image', config)).toBe(3 * student - embedding + (student - head))
})

test('several views by hand: visible tokens go through the student’s blocks, and all through its decoder', () => {
  const [batch, tokens, width, depth] = [3, 4, 8, 2]
  const [views, visible, wide, groups, taps] = [5 * batch, 2, 16, 4, 9]
  const embedding = 2 * batch * tokens * width * 12
  const block = (rows: number, length: number) =>
    2 * rows * length * 12 * width ** 2 + 4 * rows * length ** 2 * width
  const decoder = 2 * views * tokens * ((wide * width * taps) / groups + width * wide)
  const student = embedding + depth * block(views, visible) + decoder
  const teacher = embedding + depth * block(batch, tokens)
  const config = { ...IMAGE, depth, method: '2', views: 5, maskRatio: 0.5, head: 'linear' } as const
  const small = { decoderLayers: 1, decoderKernel: 3, decoderWidth: wide, decoderGroups: groups } as const
  expect(flopsOf('image', { ...config, ...small })).toBe(3 * student - embedding + teacher)
})

test('each block takes the same, and each sample', () => {
  const [one, two, three] = [1, 2, 3].map((depth) => flopsOf('image', { ...IMAGE, depth }))
  expect(two - one).toBe(three - two)
  expect(flopsOf('image', { ...IMAGE, batchSize: 6 })).toBe(2 * flopsOf('image', IMAGE))
})

test('tables that are looked up in take none', () => {
  const text = { width: 8, heads: 2, contextTokens: 8, batchSize: 2 } as const
  expect(flopsOf('text', { ...text, vocabulary: 4096 })).toBe(flopsOf('text', { ...text, vocabulary: 256 }))
  expect(flopsOf('image', { ...IMAGE, positions: 'learned' })).toBe(
    flopsOf('image', { ...IMAGE, positions: 'sincos' }),
  )
})

test('convolutions on the waveform are applied at each frame that they make', () => {
  const audio = {
    frontEnd: 'waveform',
    convLayers: 'short',
    convChannels: 16,
    width: 16,
    heads: 2,
    batchSize: 1,
  } as const
  const layers = (overrides: Overrides) => flopsOf('audio', { ...audio, clipSeconds: 0.2, ...overrides })
  // 3,200 samples make 639 frames of 10, 158 of 8, 38 of 8 and 9 of 4.
  const inner = (channels: number) => 2 * (158 * 8 + 38 * 8 + 9 * 4) * channels ** 2
  const outer = (channels: number) => 2 * 639 * 10 * channels
  const projection = (channels: number) => 2 * 9 * channels * 16
  const passes = (channels: number) =>
    4 * (inner(channels) + outer(channels) + projection(channels)) - outer(channels)
  expect(layers({ convChannels: 32 }) - layers({})).toBe(passes(32) - passes(16))
})
