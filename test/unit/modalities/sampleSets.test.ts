import { readFileSync } from 'node:fs'
import { imageSize } from 'image-size'
import { describe, expect, it } from 'vitest'
import { tileCorner } from '../../../src/app/data/tileCorner.ts'
import { MODALITIES, MODALITY_NAMES } from '../../../src/config/modalities.ts'
import { optionsOf } from '../../../src/config/relevance.ts'
import {
  readManifest as readSounds,
  SOUND_FILES,
  type SoundSetName,
} from '../../../src/modalities/audio/sets.ts'
import { readManifest, type SpriteName } from '../../../src/modalities/image/sets.ts'
import { readSet, TEXT_FILES, type TextSetName } from '../../../src/modalities/text/sets.ts'

const readJson = (path: string) => JSON.parse(readFileSync(`public/${path}`, 'utf8')) as unknown

describe.each(MODALITIES.image.sets)('the image set $value', ({ value, count, preview }) => {
  if (preview.kind !== 'sprite') throw new Error('Image sets are shown by their sprites.')
  const { sprite, tile, columns, tiles } = preview

  it('is what its manifest says', () => {
    const manifest = readManifest(value as SpriteName, readJson(sprite.replace('.webp', '.json')))
    const { side, tiles: all, classes } = manifest
    expect({ tile, columns, count }).toEqual({
      tile: side,
      columns: manifest.columns,
      count: all.length - classes.heldOut,
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

it('says how many sounds there are to train on', () => {
  const counts = MODALITIES.audio.sets.map(({ value }) => {
    const name = value as SoundSetName
    const { slices, classes } = readSounds(name, readJson(`${SOUND_FILES[name]}.json`))
    return slices.length - classes.heldOut
  })
  expect(MODALITIES.audio.sets.map(({ count }) => count)).toEqual(counts)
})

it.each(MODALITIES.text.sets)(
  'says how many texts there are to train on in $value, and quotes one',
  (set) => {
    const name = set.value as TextSetName
    const { passages, classes } = readSet(name, readJson(TEXT_FILES[name]))
    expect(set.count).toBe(passages.length - (classes?.heldOut ?? 0))
    const excerpt = set.preview.kind === 'excerpt' ? set.preview.excerpt : ''
    expect(passages.some(({ text }) => excerpt !== '' && text.includes(excerpt))).toBe(true)
  },
)

it.each(MODALITY_NAMES)('offers every sample set of the schema for %s but the person’s own', (modality) => {
  const offered = MODALITIES[modality].sets.map(({ value }) => value)
  expect([...offered, 'own']).toEqual(optionsOf('samples', modality).map(({ value }) => value))
})
