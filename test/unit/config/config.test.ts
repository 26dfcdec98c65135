import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkConfig, mostOf } from '../../../src/config/check.ts'
import { parseValue } from '../../../src/config/parse.ts'
import { PRESET_NAMES, resolveConfig, type Overrides } from '../../../src/config/presets.ts'
import { FIELD_NAMES, fieldOf, FIELDS, type Config, type FieldName } from '../../../src/config/schema.ts'
import { formatHash, parseHash } from '../../../src/config/url.ts'

/** Any value that a field allows. */
function valuesOf(name: FieldName): fc.Arbitrary<Config[FieldName]> {
  const field = fieldOf(name)
  if (field.kind === 'switch') return fc.boolean()
  if (field.kind === 'choice')
    return fc.constantFrom(...field.options.map(({ value }) => value as Config[FieldName]))
  const { min, max, step } = field
  return Number.isInteger(step) ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true })
}

const anyOverrides = fc.record(Object.fromEntries(FIELD_NAMES.map((name) => [name, valuesOf(name)])), {
  requiredKeys: [],
}) as fc.Arbitrary<Overrides>

describe('presets', () => {
  const sets = FIELDS.samples.options.map(({ value }) => value)
  const all = PRESET_NAMES.flatMap((preset) => sets.map((samples) => ({ preset, samples })))

  test.each(all)('$preset on $samples can be built and lies in every range', ({ preset, samples }) => {
    const config = resolveConfig('image', preset, { samples })
    expect(checkConfig(config)).toEqual([])
    for (const name of FIELD_NAMES)
      expect(parseValue(name, String(config[name])), name).toEqual({ value: config[name] })
  })

  test('a person’s override wins over what the sample set asks for', () => {
    expect(resolveConfig('image', 'tiny').channels).toBe('grey')
    expect(resolveConfig('image', 'tiny', { channels: 'colour' }).channels).toBe('colour')
    expect(resolveConfig('image', 'tiny', { samples: 'emoji' }).channels).toBe('colour')
  })
})

describe('a link', () => {
  test('restores any experiment', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRESET_NAMES), anyOverrides, (preset, overrides) => {
        const parsed = parseHash(formatHash({ modality: 'image', preset, overrides }))
        expect(parsed.problems).toEqual([])
        expect(parsed.preset).toBe(preset)
        expect(resolveConfig('image', preset, parsed.overrides)).toEqual(
          resolveConfig('image', preset, overrides),
        )
      }),
    )
  })

  test('says only what differs from the preset', () => {
    const hash = formatHash({ modality: 'image', preset: 'tiny', overrides: { seed: 7, lr: 0.004 } })
    expect(hash).toBe('#modality=image&preset=tiny&seed=7')
  })

  test('names every wrong value and uses the others', () => {
    const { overrides, problems, preset } = parseHash(
      '#preset=huge&lr=fast&tau=2&depth=2.5&clsToken=yes&colour=red&seed=7',
    )
    expect(preset).toBe('small')
    expect(overrides).toEqual({ seed: 7 })
    expect(problems).toEqual([
      'The link asks for preset “huge”. Allowed: tiny, small, base, collapse.',
      'In the link: Learning rate cannot be “fast”. Allowed: numbers from 0.00001 to 0.1.',
      'In the link: EMA decay τ₀, at the start cannot be “2”. Allowed: numbers from 0 to 1.',
      'In the link: Blocks cannot be “2.5”. Allowed: whole numbers from 1 to 12.',
      'In the link: CLS token cannot be “yes”. Allowed: true, false.',
      'The link has a setting “colour” that this page does not know.',
    ])
  })

  test('survives any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { modality, preset, overrides } = parseHash(`#${text}`)
        expect(() => resolveConfig(modality, preset, overrides)).not.toThrow()
      }),
    )
  })
})

describe('settings that contradict each other', () => {
  const small = resolveConfig('image', 'small')
  test.each([
    [
      'patchSize',
      { patchSize: 7 },
      'Patch side: 7 px does not divide the image side of 32 px. Choose 2, 4, 8, 16.',
    ],
    ['heads', { heads: 3 }, 'Attention heads: 3 heads cannot share a width of 128. Choose 1, 2, 4, 8, 16.'],
    [
      'width',
      { width: 18, heads: 2 },
      'Width: sine and cosine positions need a multiple of 4. Choose 16 or 20.',
    ],
    [
      'batchSize',
      { imageSize: 64, patchSize: 2, batchSize: 16 },
      'Batch size: 16 images of 1024 patches make a tensor of 257 MiB; every GPU allows 128 MiB. Lower it, or choose larger patches.',
    ],
    [
      'targetLayers',
      { targetLayers: 5 },
      'Layers averaged, K: cannot average 5 of 4 blocks. Choose at most 4.',
    ],
    [
      'maskMinBlock',
      { maskMinBlock: 9, maskMaxBlock: 4 },
      'Smallest block: 9 is more than the largest block of 4.',
    ],
  ] as [FieldName, Overrides, string][])('%s is named with the way out', (field, overrides, message) => {
    expect(checkConfig({ ...small, ...overrides })).toEqual([{ field, message }])
  })

  test('a patch as large as the image leaves nothing to mask', () => {
    expect(checkConfig({ ...small, patchSize: 32 }).map(({ message }) => message)).toEqual([
      'Patch side: an image of 32 px needs at least 2 × 2 patches.',
    ])
  })

  test('a slider for K ends at the number of blocks', () => {
    expect(mostOf('targetLayers', 12, { depth: 2 })).toBe(2)
    expect(mostOf('depth', 12, { depth: 2 })).toBe(12)
  })

  test('any configuration without a problem has a whole grid and whole heads', () => {
    fc.assert(
      fc.property(anyOverrides, (overrides) => {
        const config = { ...small, ...overrides }
        const fits = config.imageSize % config.patchSize === 0 && config.width % config.heads === 0
        expect(fits || checkConfig(config).length > 0).toBe(true)
      }),
    )
  })
})
