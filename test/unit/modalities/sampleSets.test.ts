import { readFileSync } from 'node:fs'
import { imageSize } from 'image-size'
import { describe, expect, it } from 'vitest'
import { tileCorner } from '../../../src/app/data/tileCorner.ts'
import { MODALITIES, MODALITY_NAMES } from '../../../src/config/modalities.ts'
import { optionsOf } from '../../../src/config/relevance.ts'

interface SpriteManifest {
  readonly size: number
  readonly columns: number
  readonly count: number
  /** How many of them, the first, are for training. */
  readonly train?: number
  readonly id?: readonly number[]
  readonly emoji?: readonly string[]
}

/** A rude gesture that is never shown or trained on. */
const LEFT_OUT = '\u{1F595}'

const readJson = (path: string) => JSON.parse(readFileSync(`public/samples/${path}`, 'utf8')) as unknown

describe.each(MODALITIES.image.sets)('the image set $value', ({ count, preview }) => {
  if (preview.kind !== 'sprite') throw new Error('Image sets are shown by their sprites.')
  const { sprite, tile, columns, tiles } = preview

  it('is what its manifest says', () => {
    const manifest = JSON.parse(
      readFileSync(`public/${sprite.replace('.webp', '.json')}`, 'utf8'),
    ) as SpriteManifest
    const { id = [], emoji = [] } = manifest
    const leftOut = id.filter((which) => emoji[which] === LEFT_OUT).length
    expect({ tile, columns, count }).toEqual({
      tile: manifest.size,
      columns: manifest.columns,
      count: (manifest.train ?? manifest.count) - leftOut,
    })
  })

  it('shows tiles that lie within its picture', () => {
    const { width, height } = imageSize(readFileSync(`public/${sprite}`))
    for (const index of tiles) {
      expect(index).toBeLessThan(count)
      const [x, y] = tileCorner(preview, index)
      expect(x + tile).toBeLessThanOrEqual(width)
      expect(y + tile).toBeLessThanOrEqual(height)
    }
  })
})

it('says how many sounds there are', () => {
  const manifests = ['instruments', 'voices'].map(
    (name) => readJson(`audio/${name}.json`) as { count: number },
  )
  expect(MODALITIES.audio.sets.map(({ count }) => count)).toEqual(manifests.map(({ count }) => count))
})

it('says how many texts there are, and quotes one of them', () => {
  const manifests = ['wordnet-topics', 'sotu-eras'].map(
    (name) => readJson(`text/${name}.json`) as { texts: string[] },
  )
  const sets = MODALITIES.text.sets
  expect(sets.map(({ count }) => count)).toEqual(manifests.map(({ texts }) => texts.length))
  for (const [i, { preview }] of sets.entries()) {
    const excerpt = preview.kind === 'excerpt' ? preview.excerpt : ''
    expect(manifests[i].texts.some((text) => excerpt !== '' && text.includes(excerpt))).toBe(true)
  }
})

it.each(MODALITY_NAMES)('offers every sample set of the schema for %s but the person’s own', (modality) => {
  const offered = MODALITIES[modality].sets.map(({ value }) => value)
  expect([...offered, 'own']).toEqual(optionsOf('samples', modality).map(({ value }) => value))
})
