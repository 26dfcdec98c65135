import { readFileSync } from 'node:fs'
import { imageSize } from 'image-size'
import { describe, expect, it } from 'vitest'
import { SAMPLE_SETS, tileCorner } from '../../../../src/app/data/sampleSets.ts'
import { FIELDS } from '../../../../src/config/schema.ts'

interface Manifest {
  readonly size: number
  readonly columns: number
  readonly count: number
}

describe.each(SAMPLE_SETS)('the sample set $value', (set) => {
  const sprite = `public/${set.sprite}`
  const manifest = JSON.parse(readFileSync(sprite.replace('.webp', '.json'), 'utf8')) as Manifest

  it('is what its manifest says', () => {
    const { tile, columns, count } = set
    expect({ size: tile, columns, count }).toEqual({
      size: manifest.size,
      columns: manifest.columns,
      count: manifest.count,
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
