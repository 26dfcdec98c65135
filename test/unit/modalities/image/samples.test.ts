import { describe, expect, test } from 'vitest'
import { createDataset, type Pictures } from '../../../../src/modalities/image/samples.ts'
import { Random } from '../../../../src/ops/random.ts'
import type { Overrides } from '../../../../src/config/preset.ts'
import { noisePictures, tinyConfig } from '../../../support/tinyRun.ts'

const SMALL = { imageSize: 8, patchSize: 4 } as const

function picturesOf(side: number, ...images: number[][]): Pictures {
  return {
    side,
    images: images.map((image) => Uint8Array.from(image)),
    labels: images.map((_, i) => `image ${i}`),
  }
}

function create(pictures: Pictures, overrides: Overrides = SMALL) {
  const config = tinyConfig(overrides)
  const dataset = createDataset(pictures, () => config)
  const channels = config.channels === 'grey' ? 1 : 3
  const length = channels * config.imageSize ** 2
  const tokensOf = (sample: number, random?: Random) => {
    const tokens = new Float32Array(length)
    dataset.write(sample, tokens, 0, random)
    return tokens
  }
  const pictureOf = (input: Float32Array) => {
    const shown = dataset.show(0, { input, seen: undefined, written: { length: 1, start: 0 } })
    return shown.kind === 'picture' ? shown.rgba : new Uint8ClampedArray()
  }
  return { dataset, tokensOf, pictureOf }
}

/** The colour that `[side, side, 4]` has at a pixel. */
function at(rgba: Uint8ClampedArray, side: number, x: number, y: number): number[] {
  return [...rgba.subarray((y * side + x) * 4, (y * side + x) * 4 + 3)]
}

describe('an image dataset', () => {
  test('has mean 0 and variance 1 in each channel over the whole set', () => {
    const pictures = noisePictures(30, 8)
    const { tokensOf } = create(pictures)
    const perChannel: number[][] = [[], [], []]
    for (let sample = 0; sample < 30; sample++)
      tokensOf(sample).forEach((value, i) => perChannel[Math.floor(i / 16) % 3].push(value))
    for (const values of perChannel) {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
      expect(mean).toBeCloseTo(0, 5)
      expect(variance).toBeCloseTo(1, 5)
    }
  })

  test('lays out tokens patch by patch, channel by channel, row by row', () => {
    // Red says the column, green the row, blue nothing: an affine function of the byte stays one when standardised.
    const image = Array.from({ length: 64 }, (_, i) => [i % 8, Math.floor(i / 8), 9]).flat()
    const { tokensOf, pictureOf } = create(picturesOf(8, image, image))
    const tokens = tokensOf(0)
    const shown = pictureOf(tokens)
    expect(at(shown, 8, 5, 2)).toEqual([5, 2, 9])
    const [red, green, blue] = [0, 1, 2].map((channel) =>
      tokens.slice(48 + channel * 16, 48 + channel * 16 + 16),
    )
    expect(red[1]).toBeGreaterThan(red[0]) // along a row of the second patch
    expect(red[4]).toBe(red[0]) // and down to the next row
    expect(green[4]).toBeGreaterThan(green[0])
    expect(red[0]).toBeGreaterThan(tokens[3]) // the second patch lies right of the first
    expect(green[0]).toBe(tokens[16])
    expect([...blue]).toEqual(new Array(16).fill(0))
  })

  test('can be shown again exactly as it was', () => {
    const pictures = noisePictures(3, 8)
    const { dataset, tokensOf, pictureOf } = create(pictures)
    const shown = pictureOf(tokensOf(2))
    const rgb = [...shown].filter((_, i) => i % 4 !== 3)
    expect(rgb).toEqual([...pictures.images[2]])
    expect(dataset.label(2)).toBe('noise 2')
  })

  test('mirrors half of the images when told to, and none when not', () => {
    const pictures = noisePictures(1, 8)
    const plain = create(pictures).tokensOf(0)
    const { tokensOf, pictureOf } = create(pictures, { ...SMALL, flip: true })
    const random = Random.stream(1, 'flip')
    const shown = Array.from({ length: 400 }, () => tokensOf(0, random))
    const flipped = shown.filter((tokens) => tokens.some((value, i) => value !== plain[i]))
    // 200 expected, σ = 10
    expect(Math.abs(flipped.length - 200)).toBeLessThan(50)
    const [original, mirrored] = [plain, flipped[0]].map((tokens) => pictureOf(tokens))
    for (let x = 0; x < 8; x++) expect(at(mirrored, 8, x, 3)).toEqual(at(original, 8, 7 - x, 3))
    expect(create(pictures).tokensOf(0, random)).toEqual(plain)
    expect(tokensOf(0)).toEqual(plain)
  })

  test('follows the mirror setting while the run goes on', () => {
    let config = tinyConfig({ ...SMALL, flip: false })
    const dataset = createDataset(noisePictures(1, 8), () => config)
    const differs = () => {
      const seen = new Set<number>()
      const random = Random.stream(1, 'flip')
      for (let i = 0; i < 20; i++) {
        const tokens = new Float32Array(192)
        dataset.write(0, tokens, 0, random)
        seen.add(tokens[0])
      }
      return seen.size > 1
    }
    expect(differs()).toBe(false)
    config = { ...config, flip: true }
    expect(differs()).toBe(true)
  })

  test('averages areas when it scales down, and keeps flat colours when it scales up', () => {
    const checks = Array.from({ length: 256 }, (_, i) => {
      const bright = ((i % 16) + Math.floor(i / 16)) % 2 === 0 ? 200 : 100
      return [bright, 0, 50]
    }).flat()
    const down = create(picturesOf(16, checks, checks))
    expect(at(down.pictureOf(down.tokensOf(0)), 8, 3, 4)).toEqual([150, 0, 50])
    const flat = Array.from({ length: 9 }, () => [10, 20, 30]).flat()
    const up = create(picturesOf(3, flat))
    expect(at(up.pictureOf(up.tokensOf(0)), 8, 7, 7)).toEqual([10, 20, 30])
  })

  test('keeps the mean when the sides do not divide', () => {
    const pictures = noisePictures(2, 11)
    const { tokensOf, pictureOf } = create(pictures)
    const mean = (values: Iterable<number>, length: number) =>
      [...values].reduce((sum, v) => sum + v, 0) / length
    const before = mean(pictures.images[0], pictures.images[0].length)
    const after = mean(
      [...pictureOf(tokensOf(0))].filter((_, i) => i % 4 !== 3),
      192,
    )
    expect(Math.abs(after - before)).toBeLessThan(0.5) // each byte is rounded
  })

  test('turns colours to grey by their brightness', () => {
    const pixels = (colour: number[]) => Array.from({ length: 64 }, () => colour).flat()
    const pictures = picturesOf(8, pixels([255, 0, 0]), pixels([0, 255, 0]), pixels([0, 0, 255]))
    const { tokensOf, pictureOf } = create(pictures, { ...SMALL, channels: 'grey' })
    const greys = [0, 1, 2].map((sample) => at(pictureOf(tokensOf(sample)), 8, 0, 0))
    expect(greys).toEqual([
      [76, 76, 76],
      [150, 150, 150],
      [29, 29, 29],
    ])
  })

  test('stays finite when all images are of one colour', () => {
    const black = new Array<number>(192).fill(0)
    const { tokensOf } = create(picturesOf(8, black, black))
    expect([...tokensOf(1)]).toEqual(black)
  })
})

test('images that are held out come last, and do not change how the others are standardised', () => {
  const heldOut = { names: ['a'], of: [0, 0, 0], subjectOf: [0, 1, 2], heldOut: 1 }
  const [one, other, third] = noisePictures(3, 8).images
  const withNoise = create({ side: 8, images: [one, other, third], labels: [], classes: heldOut })
  const withBlack = create({
    side: 8,
    images: [one, other, third.map(() => 0)],
    labels: [],
    classes: heldOut,
  })
  expect(withNoise.dataset.size).toBe(2)
  expect(withBlack.tokensOf(1)).toEqual(withNoise.tokensOf(1))
  expect(withNoise.dataset.raw(2).toSorted()).toEqual(withNoise.tokensOf(2).toSorted())
})

test('raw pixels of a large image are means of its cells, at most 28 on a side', () => {
  const side = 56
  const halves = Uint8Array.from({ length: side * side * 3 }, (_, i) =>
    Math.floor(i / 3) % side < 28 ? 10 : 200,
  )
  const settings = tinyConfig({ imageSize: side, patchSize: 28, channels: 'grey' })
  const dataset = createDataset({ side, images: [halves], labels: ['halves'] }, () => settings)
  const raw = dataset.raw(0)
  expect(raw).toHaveLength(28 * 28)
  expect(raw.map((value) => Math.sign(value)).slice(0, 28)).toEqual(
    Float32Array.from({ length: 28 }, (_, x) => (x < 14 ? -1 : 1)),
  )
})
