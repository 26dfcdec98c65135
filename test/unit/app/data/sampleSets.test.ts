import { readFileSync } from 'node:fs'
import { imageSize } from 'image-size'
import { describe, expect, it } from 'vitest'
import { SAMPLE_SETS, tileCorner } from '../../../../src/app/data/sampleSets.ts'
import { FIELDS } from '../../../../src/config/schema.ts'

interface Manifest {
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

describe.each(SAMPLE_SETS)('the sample set $value', (set) => {
  const sprite = `public/${set.sprite}`
  const manifest = JSON.parse(readFileSync(sprite.replace('.webp', '.json'), 'utf8')) as Manifest

  it('is what its manifest says', () => {
    const { tile, columns, count } = set
    const { id = [], emoji = [] } = manifest
    const leftOut = id.filter((which) => emoji[which] === LEFT_OUT).length
    expect({ tile, columns, count }).toEqual({
      tile: manifest.size,
      columns: manifest.columns,
      count: (manifest.train ?? manifest.count) - leftOut,
    })
  })

  it('shows tiles that lie within its picture', () => {
    const { width, height } = imageSize(readFileSync(sprite))
    for (const index of set.preview) {
      expect(index).toBeLessThan(set.count)
      const [x, y] = tileCorner(set, index)
      expect(x + set.tile).toBeLessThanOrEqual(width)
      expect(y + set.tile).toBeLessThanOrEqual(height)
    }
  })
})

it('offers every sample set of the schema but the person’s own', () => {
  const offered = SAMPLE_SETS.map(({ value }) => value)
  const known = FIELDS.samples.options.map(({ value }) => value)
  expect([...offered, 'own'].sort()).toEqual([...known].sort())
})
