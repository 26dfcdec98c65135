import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkConfig, mostOf } from '../../../src/config/check.ts'
import { parseValue } from '../../../src/config/parse.ts'
import { MODALITIES, MODALITY_NAMES, type ModalityName } from '../../../src/config/modalities.ts'
import { presetsOf, presetValue, resolveConfig } from '../../../src/config/presets.ts'
import type { Overrides } from '../../../src/config/preset.ts'
import { fieldsOf, isRelevant, optionsOf } from '../../../src/config/relevance.ts'
import { FIELD_NAMES, fieldOf, type Config, type FieldName } from '../../../src/config/schema.ts'
import { formatHash, parseHash } from '../../../src/config/url.ts'

/** Any value that a modality allows for a field. */
function valuesOf(modality: ModalityName, name: FieldName): fc.Arbitrary<Config[FieldName]> {
  const field = fieldOf(name)
  if (field.kind === 'switch') return fc.boolean()
  if (field.kind === 'choice')
    return fc.constantFrom(...optionsOf(name, modality).map(({ value }) => value as Config[FieldName]))
  const { min, max, step } = field
  return Number.isInteger(step) ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true })
}

function overridesOf(modality: ModalityName): fc.Arbitrary<Overrides> {
  const values = fieldsOf(modality).map((name) => [name, valuesOf(modality, name)] as const)
  return fc.record(Object.fromEntries(values), { requiredKeys: [] })
}

const METHODS = ['1', '2'] as const

const anyExperiment = fc
  .constantFrom(...MODALITY_NAMES)
  .chain((modality) =>
    fc.tuple(fc.constant(modality), fc.constantFrom(...presetsOf(modality)), overridesOf(modality)),
  )

describe('presets', () => {
  const all = MODALITY_NAMES.flatMap((modality) => {
    const sets = optionsOf('samples', modality).map(({ value }) => value as Config['samples'])
    return presetsOf(modality).flatMap((preset) =>
      sets.flatMap((samples) => METHODS.map((method) => ({ modality, preset, samples, method }) as const)),
    )
  })

  test.each(all)(
    '$preset on $samples by method $method can be built and lies in every range',
    ({ modality, preset, samples, method }) => {
      const config = resolveConfig(modality, preset, { samples, method })
      expect(checkConfig(modality, config)).toEqual([])
      for (const name of fieldsOf(modality))
        expect(parseValue(modality, name, String(config[name])), name).toEqual({ value: config[name] })
    },
  )

  test('each modality has the three that every modality shall have', () => {
    for (const modality of MODALITY_NAMES)
      expect(presetsOf(modality)).toEqual(expect.arrayContaining(['tiny', 'small', 'base']))
  })

  test('a person’s override wins over what the sample set asks for', () => {
    expect(resolveConfig('image', 'tiny').channels).toBe('grey')
    expect(resolveConfig('image', 'tiny', { channels: 'colour' }).channels).toBe('colour')
    expect(resolveConfig('image', 'tiny', { samples: 'emoji' }).channels).toBe('colour')
  })
})

test('a preset’s value depends on the method, and a person’s override wins over that, too', () => {
  const asked = { modality: 'image', preset: 'small', overrides: { method: '2', lr: 0.01 } } as const
  const { lr, batchSize } = resolveConfig('image', 'small', { method: '2' })
  expect([presetValue(asked, 'lr'), presetValue(asked, 'batchSize')]).toEqual([lr, batchSize])
  expect(batchSize).toBe(32)
  expect(resolveConfig('image', 'small', asked.overrides)).toMatchObject({ lr: 0.01, batchSize })
})

describe('a link', () => {
  test('restores any experiment', () => {
    fc.assert(
      fc.property(anyExperiment, ([modality, preset, overrides]) => {
        const parsed = parseHash(formatHash({ modality, preset, overrides }))
        expect(parsed).toMatchObject({ problems: [], modality, preset })
        expect(resolveConfig(modality, preset, parsed.overrides)).toEqual(
          resolveConfig(modality, preset, overrides),
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
  const small = resolveConfig('image', 'small', { method: '1' })
  test.each([
    [
      'patchSize',
      { patchSize: 7 },
      'Patch side: 7 px does not divide the image side of 32 px. Choose 2, 4, 8, 16.',
    ],
    [
      'patchSize',
      { imageSize: 61, patchSize: 13 },
      'Patch side: 13 px does not divide the image side of 61 px. Choose an image side of 52 px.',
    ],
    ['heads', { heads: 3 }, 'Attention heads: 3 heads cannot share a width of 128. Choose 1, 2, 4, 8, 16.'],
    [
      'width',
      { width: 18, heads: 2 },
      'Width: sine and cosine positions need a multiple of 4. Choose 16 or 20.',
    ],
    [
      'width',
      { width: 512, depth: 12, ffnRatio: 8 },
      'Width: 12 blocks of width 512 have 62.9 million weights; every GPU takes 33.6 million at once. Lower it, the number of blocks or the feed-forward ratio.',
    ],
    [
      'batchSize',
      { imageSize: 64, patchSize: 2, batchSize: 16 },
      'Batch size: 16 images of 1024 patches make a tensor of 256 MiB; every GPU allows 128 MiB. Lower it, or the number of patches.',
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
    [
      'positions',
      { method: '2', positions: 'both' },
      'Positions: data2vec 2.0 has no relative bias here: its students see different tokens. Choose Fixed sine and cosine.',
    ],
    [
      'decoderGroups',
      { method: '2', decoderWidth: 72, decoderGroups: 16 },
      'Decoder groups: 16 groups cannot share a width of 128 and the decoder’s of 72. Choose 1, 2, 4, 8.',
    ],
    [
      'head',
      { method: '2', head: 'none', decoderWidth: 64 },
      'Prediction head: without one the decoder has to be as wide as the network. Choose one linear layer, or a decoder width of 128.',
    ],
  ] as [FieldName, Overrides, string][])('%s is named with the way out', (field, overrides, message) => {
    expect(checkConfig('image', { ...small, ...overrides })).toEqual([{ field, message }])
  })

  test('what the other method alone looks at is no problem', () => {
    const blocks = { maskMinBlock: 9, maskMaxBlock: 4 }
    expect(checkConfig('image', resolveConfig('image', 'small', { ...blocks, method: '2' }))).toEqual([])
    const views = { method: '1', decoderWidth: 72, positions: 'relative' } as const
    expect(checkConfig('image', resolveConfig('image', 'small', views))).toEqual([])
  })

  test('a patch as large as the image leaves nothing to mask', () => {
    expect(checkConfig('image', { ...small, patchSize: 32 }).map(({ message }) => message)).toEqual([
      'Patch side: an image of 32 px needs at least 2 × 2 patches.',
    ])
  })

  test('a slider for K ends at the number of blocks', () => {
    expect(mostOf('targetLayers', 12, { depth: 2 })).toBe(2)
    expect(mostOf('depth', 12, { depth: 2 })).toBe(12)
  })

  test('any configuration without a problem has a whole grid and whole heads', () => {
    fc.assert(
      fc.property(overridesOf('image'), (overrides) => {
        const config = { ...small, ...overrides }
        const fits = config.imageSize % config.patchSize === 0 && config.width % config.heads === 0
        expect(fits || checkConfig('image', config).length > 0).toBe(true)
      }),
    )
  })

  test.each([
    [
      'audio',
      'clipSeconds',
      { clipSeconds: 0.2, tokenFrames: 8 },
      'Clip length: 0.2 s make 2 frames, and at least 4 are needed. Choose longer clips.',
    ],
    [
      'text',
      'maskRandom',
      { method: '1', maskKeep: 0.5, maskRandom: 0.5 },
      'Replaced at random: with all chosen tokens left or replaced, none is masked. Lower it, or “Left as they are”.',
    ],
    [
      'text',
      'positionGroups',
      { positionGroups: 3 },
      'Position groups: 3 groups cannot share a width of 64. Choose 1, 2, 4, 8, 16, 32.',
    ],
  ] as [ModalityName, FieldName, Overrides, string][])(
    'in %s, %s is named with the way out',
    (modality, field, overrides, message) => {
      const config = resolveConfig(modality, 'small', overrides)
      expect(checkConfig(modality, config)).toEqual([{ field, message }])
    },
  )

  test('a waveform may not be larger in its first layer than a GPU allows', () => {
    const config = resolveConfig('audio', 'base', { convChannels: 512, clipSeconds: 4, batchSize: 64 })
    expect(checkConfig('audio', config).map(({ field }) => field)).toEqual(['batchSize'])
  })

  test('views of a sample cost what the student sees of them, and the decoder all of it', () => {
    const sides = { samples: 'fashion', method: '2', views: 16, batchSize: 64 } as const
    const problems = (more: Overrides) =>
      checkConfig(
        'image',
        resolveConfig('image', 'small', { ...sides, imageSize: 28, patchSize: 2, ...more }),
      )
    expect(problems({ maskRatio: 0.9, decoderWidth: 32, decoderKernel: 1, width: 64, heads: 4 })).toEqual([])
    expect(
      problems({ maskRatio: 0.1, decoderWidth: 32, decoderKernel: 1, width: 64, heads: 4 }),
    ).toHaveLength(1)
    expect(
      problems({ maskRatio: 0.9, decoderWidth: 64, decoderKernel: 5, width: 64, heads: 4 }),
    ).toHaveLength(1)
  })
})

describe('what a modality has', () => {
  test('a setting of another modality is no part of its links', () => {
    expect(parseHash('#modality=text&flip=true&clipSeconds=2').problems).toEqual([
      'The link has a setting “flip” that Text does not have.',
      'The link has a setting “clipSeconds” that Text does not have.',
    ])
  })

  test('a sample set or preset of another modality is refused with what there is', () => {
    const { problems, overrides, preset } = parseHash('#modality=audio&preset=collapse&samples=emoji')
    expect(problems).toEqual([
      'The link asks for preset “collapse”. Allowed: tiny, small, base.',
      'In the link: Sample set cannot be “emoji”. Allowed: instruments, voices, own.',
    ])
    expect({ overrides, preset }).toEqual({ overrides: {}, preset: 'small' })
  })

  test('every setting belongs to some modality, and is relevant in some experiment', () => {
    for (const name of FIELD_NAMES) {
      const owners = MODALITY_NAMES.filter((modality) => fieldsOf(modality).includes(name))
      const { needs = {} } = fieldOf(name)
      const wanted = Object.fromEntries(Object.entries(needs).map(([other, [value]]) => [other, value]))
      expect(
        owners.some((modality) => isRelevant(name, { ...resolveConfig(modality, 'small'), ...wanted })),
        name,
      ).toBe(true)
    }
  })

  test('a second of sound makes the tokens that the paper’s layers and the spectrogram make', () => {
    const waveform = resolveConfig('audio', 'base')
    expect(MODALITIES.audio.tokens(waveform)).toBe(49) // 50 a second, less the first window
    expect(MODALITIES.audio.tokens({ ...waveform, convLayers: 'short' })).toBe(49)
    expect(MODALITIES.audio.tokens(resolveConfig('audio', 'small'))).toBe(24)
  })
})
