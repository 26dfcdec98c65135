import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../../src/config/presets.ts'
import { UNKNOWN } from '../../../src/modalities/classes.ts'
import { KINDS } from '../../../src/worker/kinds.ts'

const texts = (...of: string[]) => of.map((text) => ({ label: text, text }))
const silence = (seconds: number) => ({ label: 'silence', samples: new Int16Array(16_000 * seconds).fill(1) })
const square = { file: 'square.png', rgb: new Uint8Array(64 * 64 * 3) }

describe('labels of a person’s files', () => {
  test.each([
    ['image', [square, square, square], [1, UNKNOWN, 0]],
    ['audio', [silence(2), silence(1), silence(1)], [1, 1, UNKNOWN, 0]],
    ['text', [texts('One.', 'Two.'), texts('Three.'), texts('Four.')], [1, 1, UNKNOWN, 0]],
  ] as const)('%s: are the classes of all samples that are cut from them', (modality, items, of) => {
    const config = resolveConfig(modality, 'tiny', { samples: 'own' })
    const { classes } = KINDS[modality].openOwn(items, () => ['late', '', 'early'])(() => config)
    expect(classes).toMatchObject({ names: ['early', 'late'], of, heldOut: 0 })
    expect(new Set(classes?.subjectOf).size).toBe(3)
  })

  test('may change, and so do the classes of a data set that is open; its samples stay', () => {
    let labels = ['', '']
    const config = resolveConfig('image', 'tiny', { samples: 'own' })
    const dataset = KINDS.image.openOwn([square, square], () => labels)(() => config)
    expect(dataset.classes).toBeUndefined()
    labels = ['cat', 'dog']
    expect(dataset.classes?.names).toEqual(['cat', 'dog'])
    expect(dataset.size).toBe(2)
  })
})
