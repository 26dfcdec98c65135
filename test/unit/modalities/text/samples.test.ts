import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../../../src/config/presets.ts'
import type { Overrides } from '../../../../src/config/preset.ts'
import { textModality } from '../../../../src/modalities/text/modality.ts'
import { createDataset } from '../../../../src/modalities/text/samples.ts'
import { Random } from '../../../../src/ops/random.ts'

const BEGIN = 256
const END = 257

function create(texts: readonly string[], overrides: Overrides = {}) {
  const config = resolveConfig('text', 'tiny', { contextTokens: 8, ...overrides })
  const passages = texts.map((text, i) => ({ label: `text ${i}`, text }))
  const dataset = createDataset({ passages }, () => config)
  const write = (sample: number, random?: Random) => {
    const input = new Float32Array(8).fill(NaN)
    const written = dataset.write(sample, input, 0, random)
    return { written, input, ids: [...input] }
  }
  const show = (sample: number) => {
    const { written, input } = write(sample)
    return dataset.show(sample, { written, input, seen: undefined })
  }
  return { dataset, write, show }
}

describe('a text dataset', () => {
  test('writes ids between those that begin and end a passage, and fills up with zeros', () => {
    const { dataset, write } = create(['abc', 'x'])
    expect(write(0).ids).toEqual([BEGIN, 97, 98, 99, END, 0, 0, 0])
    expect(write(0).written).toEqual({ length: 5, start: 0 })
    expect(write(1, Random.stream(1, 'crop')).ids).toEqual([BEGIN, 120, END, 0, 0, 0, 0, 0])
    expect(dataset.size).toBe(2)
    expect(dataset.label(1)).toBe('text 1')
  })

  test('writes at an offset, and nothing beyond its sample', () => {
    const { dataset } = create(['abc', 'abcdefghijkl'])
    const out = new Float32Array(24).fill(-1)
    dataset.write(1, out, 8, undefined)
    expect([...out.subarray(0, 8), ...out.subarray(16)]).toEqual(new Array(16).fill(-1))
    expect([...out.subarray(8, 16)]).toEqual([BEGIN, 97, 98, 99, 100, 101, 102, 103])
  })

  test('reads a long passage from its start on, or from random places on when it may', () => {
    const { write } = create(['abcdefghijkl', 'x'])
    expect(write(0).ids[0]).toBe(BEGIN)
    const random = Random.stream(1, 'crop')
    const whole = [BEGIN, ...Array.from({ length: 12 }, (_, i) => 97 + i), END]
    const starts = Array.from({ length: 200 }, () => {
      const { ids, written } = write(0, random)
      expect(written.length).toBe(8)
      expect(ids).toEqual(whole.slice(written.start, written.start + 8))
      return written.start
    })
    expect(new Set(starts)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]))
  })

  test('is compared with the bytes that the network gets of a passage, not with what is cut off', () => {
    const { dataset } = create(['abbcdefghijkl', 'abbcdef but another end', 'aé'])
    const shares = (sample: number) =>
      [...dataset.raw(sample)].flatMap((share, byte) => (share > 0 ? [[byte, share]] : []))
    expect(dataset.raw(0)).toEqual(dataset.raw(1))
    expect(shares(0).slice(0, 2)).toEqual([
      [97, expect.closeTo(1 / 7, 6)],
      [98, expect.closeTo(2 / 7, 6)],
    ])
    expect(shares(2).map(([byte]) => byte)).toEqual([97, 0xa9, 0xc3])
  })

  test('is compared with bytes, whatever its tokens are', () => {
    const texts = ['the cat', 'the hat']
    const plain = create(texts, { contextTokens: 16 }).dataset
    const joined = create(texts, { contextTokens: 16, vocabulary: 300 }).dataset
    expect(joined.raw(0)).toEqual(plain.raw(0))
  })

  test('has tokens of its own vocabulary, and ids for beginning and end after it', () => {
    const { write, show } = create(['the cat', 'the hat'], { vocabulary: 300 })
    expect(write(0).ids[0]).toBe(300)
    expect(write(0).written.length).toBeLessThan(9)
    expect(show(0)).toMatchObject({ pieces: ['‹begin›', 'the', ' ', 'c', 'at', '‹end›'] })
  })

  test('shows the text of each token, and the bytes of what is no text by itself', () => {
    const { show } = create(['a \né', 'x'])
    const pieces = ['‹begin›', 'a', ' ', '\n', '‹C3›', '‹A9›', '‹end›']
    expect(show(0)).toEqual({ kind: 'text', pieces, seen: pieces })
  })

  test('shows what the student gets where it differs, even tokens that the corpus was too small for', () => {
    const { dataset, write } = create(['abc', 'x'], { vocabulary: 1024 })
    const { written, input } = write(0)
    const seen = input.slice()
    seen[2] = 120
    seen[3] = 999
    expect(dataset.show(0, { written, input, seen })).toMatchObject({
      pieces: ['‹begin›', 'a', 'b', 'c', '‹end›'],
      seen: ['‹begin›', 'a', 'x', '‹unused 999›', '‹end›'],
    })
  })

  test('needs some text', () => {
    expect(() => create([])).toThrow(/There is no passage.*Add some text, or choose another sample set/)
  })
})

test('the layout of text is one row of tokens that may be padded', () => {
  const config = resolveConfig('text', 'tiny', { contextTokens: 24 })
  expect(textModality.layout(config)).toMatchObject({ tokens: 24, input: [24, 1], grid: [1, 24] })
})

test('what is held out comes last, and no vocabulary is learnt from it', () => {
  const passages = ['the the the the', 'xyxyxyxyxyxyxy'].map((text, i) => ({ label: `${i}`, text }))
  const classes = { names: ['a'], of: [0, 0], subjectOf: [0, 1], heldOut: 1 }
  const config = resolveConfig('text', 'tiny', { contextTokens: 16, vocabulary: 258 })
  const dataset = createDataset({ passages, classes }, () => config)
  const lengths = [0, 1].map((sample) => dataset.write(sample, new Float32Array(16), 0, undefined).length)
  expect(dataset.size).toBe(1)
  expect(lengths[0]).toBeLessThan(15 + 2)
  expect(lengths[1]).toBe(14 + 2)
})

test('raw features are the shares of bytes', () => {
  const raw = create(['aab\n', 'x']).dataset.raw(0)
  expect(raw).toHaveLength(256)
  expect([raw[97], raw[98], raw[10], raw[99]]).toEqual([0.5, 0.25, 0.25, 0])
})

describe('tokens that are drawn anew', () => {
  const { dataset, write } = create(['abc', 'x'])
  const { drawing } = dataset
  if (drawing === undefined) throw new Error('Text can be drawn.')
  const { written, input } = write(0)
  const numbers = drawing.numbersOf(input.subarray(0, written.length))
  const mask = new Uint8Array(5)

  test('are the passage, from numbers of their own', () => {
    expect(drawing.show(0, { written, numbers, mask })).toMatchObject({
      pieces: ['‹begin›', 'a', 'b', 'c', '‹end›'],
    })
  })

  test('are those with the largest number, be it none of the passage’s', () => {
    const guess = numbers.slice()
    guess[2 * drawing.numbers + 122] = 1.5
    expect(drawing.show(0, { written, numbers: guess, mask })).toMatchObject({
      pieces: ['‹begin›', 'a', 'z', 'c', '‹end›'],
    })
    const tokenOf = (all: Float32Array, i: number) =>
      all.subarray(i * drawing.numbers, (i + 1) * drawing.numbers)
    expect(drawing.errorOf(tokenOf(guess, 2), tokenOf(numbers, 2))).toBe(1)
    expect(drawing.errorOf(tokenOf(guess, 1), tokenOf(numbers, 1))).toBe(0)
  })
})
