import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  cutTiles,
  readManifest,
  SPRITE_FILES,
  type SpriteName,
} from '../../../../src/modalities/image/sets.ts'

function manifestOf(name: SpriteName): unknown {
  return JSON.parse(readFileSync(`public/${SPRITE_FILES[name]}.json`, 'utf8'))
}

describe('the manifests that come with the page', () => {
  test('emoji: all but the one that does not belong in a classroom, with character and style', () => {
    const { side, columns, tiles, classes } = readManifest('emoji', manifestOf('emoji'))
    expect({ side, columns }).toEqual({ side: 32, columns: 96 })
    expect(tiles).toHaveLength(4166 - 3)
    expect(tiles.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['😀 (Twemoji)', '😀 (Noto Emoji)']),
    )
    expect(classes.names).toContain('Animals & Nature')
    expect(classes.names[classes.of[tiles.findIndex(({ label }) => label === '🐘 (Noto Emoji)')]]).toBe(
      'Animals & Nature',
    )
    expect(tiles.some(({ label }) => label.includes('\u{1F595}'))).toBe(false)
  })

  test('emoji: each is known by the style that it is drawn in', () => {
    const { tiles, classes } = readManifest('emoji', manifestOf('emoji'))
    const styles = ['(Twemoji)', '(Noto Emoji)', '(Fluent Emoji)']
    expect(classes.styleOf?.map((style) => styles[style])).toEqual(
      tiles.map(({ label }) => label.slice(label.indexOf('('))),
    )
  })

  test('emoji: one drawing is not held out while another of the same is trained on', () => {
    const { tiles, classes } = readManifest('emoji', manifestOf('emoji'))
    const emojiOf = ({ label }: { label: string }) => label.split(' ')[0]
    const trained = new Set(tiles.slice(0, -classes.heldOut).map(emojiOf))
    const heldOut = tiles.slice(-classes.heldOut).map(emojiOf)
    expect(classes.heldOut / tiles.length).toBeCloseTo(0.2, 1)
    expect(heldOut.filter((emoji) => trained.has(emoji))).toEqual([])
  })

  test('Fashion-MNIST: the training images with their class, and behind them those for testing', () => {
    const { side, tiles, classes } = readManifest('fashion', manifestOf('fashion'))
    expect(side).toBe(28)
    expect(tiles).toHaveLength(7000)
    expect(classes.heldOut).toBe(1000)
    expect(tiles.map(({ index }) => index)).toEqual(tiles.map((_, i) => i))
    expect(tiles[0].label).toBe('Sandal')
    expect(classes.of.map((each) => classes.names[each])).toEqual(tiles.map(({ label }) => label))
  })

  test('are refused when something is missing', () => {
    expect(() => readManifest('fashion', { size: 28, columns: 100 })).toThrow()
  })
})

describe('cutTiles', () => {
  /** Two tiles a row, of 2 px: every pixel says which tile it belongs to, and where in it it lies. */
  const sprite = Uint8ClampedArray.from(
    Array.from({ length: 16 }, (_, i) => {
      const [x, y] = [i % 4, Math.floor(i / 4)]
      return [Math.floor(y / 2) * 2 + Math.floor(x / 2), x % 2, y % 2, 255]
    }).flat(),
  )
  const layout = {
    side: 2,
    columns: 2,
    tiles: [
      { index: 3, label: 'last' },
      { index: 1, label: 'right' },
    ],
    classes: { names: [], of: [], subjectOf: [], heldOut: 0 },
  }

  test('cuts the wanted tiles out, in the wanted order, without alpha', () => {
    const { images, labels, side } = cutTiles(layout, sprite)
    expect(side).toBe(2)
    expect(labels).toEqual(['last', 'right'])
    expect([...images[0]]).toEqual([3, 0, 0, 3, 1, 0, 3, 0, 1, 3, 1, 1])
    expect([...images[1]]).toEqual([1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1])
  })

  test('refuses a sprite that is too small for its manifest', () => {
    expect(() => cutTiles(layout, sprite.subarray(0, 32))).toThrow(/fewer than 4 tiles/)
  })
})
