import { describe, expect, test } from 'vitest'
import { causesOf, rescues } from '../../../../src/app/health/rescues.ts'
import { joined } from '../../../../src/app/health/words.ts'
import { checkConfig } from '../../../../src/config/check.ts'
import { MODALITY_NAMES } from '../../../../src/config/modalities.ts'
import { presetsOf, resolveConfig } from '../../../../src/config/presets.ts'
import type { Config } from '../../../../src/config/schema.ts'

const collapse = resolveConfig('image', 'collapse')

/** Text that learns its places only. */
const places = resolveConfig('text', 'tiny', {
  positions: 'sincos',
  normPlacement: 'post',
  targetSource: 'ffn',
  targetFinalNorm: 'none',
})

describe('what to turn', () => {
  test('is instance norm first where the preset collapses, then block outputs', () => {
    expect(rescues('constant', 'image', collapse).map(({ settings }) => settings)).toEqual([
      { targetNorm: 'instance' },
      { targetSource: 'block' },
      { tau: 0.99, tauEnd: 0.999 },
      { normPlacement: 'pre' },
    ])
  })

  test('is the way to tell places where only they are told, as far as the modality has it', () => {
    const first = (modality: 'image' | 'text', config: Config) =>
      rescues('byPlace', modality, config)[0].settings
    expect(first('text', places)).toEqual({ positions: 'conv', targetNorm: 'instance' })
    expect(first('image', collapse)).toEqual({ positionScale: 0.1, targetNorm: 'instance' })
  })

  test('leaves a slow end of τ’s schedule alone', () => {
    const slow = rescues('constant', 'image', { ...collapse, tauEnd: 0.9999 })
    expect(slow.find(({ settings }) => settings.tau !== undefined)?.settings.tauEnd).toBe(0.9999)
  })

  const everywhere = MODALITY_NAMES.flatMap((modality) =>
    presetsOf(modality).flatMap((preset) =>
      (['constant', 'byPlace'] as const).map((failing) => ({ modality, preset, failing })),
    ),
  )
  test.each(everywhere)('changes $modality $preset, and contradicts nothing ($failing)', (where) => {
    const { modality, preset, failing } = where
    const config = resolveConfig(modality, preset)
    for (const { settings } of rescues(failing, modality, config)) {
      const rescued = { ...config, ...settings }
      expect(rescued).not.toEqual(config)
      expect(checkConfig(modality, rescued)).toEqual([])
    }
  })

  test('comes to an end: what has been turned is not offered again', () => {
    for (const failing of ['constant', 'byPlace'] as const) {
      const all = rescues(failing, 'text', places).map(({ settings }) => settings)
      const turned = Object.assign({}, places, ...all) as Config
      expect(rescues(failing, 'text', turned)).toEqual([])
    }
  })
})

describe('what leads there', () => {
  test('is named as far as it is so', () => {
    expect(causesOf('constant', collapse)).toEqual([
      'targets that are not normalised over tokens',
      'feed-forward outputs as targets',
      'norms after each layer',
      'a teacher that follows fast (τ 0.90)',
    ])
    expect(causesOf('constant', resolveConfig('image', 'tiny'))).toEqual([])
    expect(causesOf('byPlace', places)).toEqual([
      'positions that are added to every token',
      'feed-forward outputs as targets',
    ])
  })

  test('is told as one sentence', () => {
    expect(joined(['a'])).toBe('a')
    expect(joined(['a', 'b', 'c'])).toBe('a, b and c')
  })
})
