import { describe, expect, test } from 'vitest'
import {
  coldChanges,
  imagesChanged,
  settingsFor,
  withoutColdChanges,
} from '../../../../src/app/store/changes.ts'
import type { Opened } from '../../../../src/app/store/run.ts'
import { resolveConfig, type Overrides, type PresetName } from '../../../../src/config/presets.ts'
import type { Experiment } from '../../../../src/config/url.ts'

const form = (preset: PresetName, overrides: Overrides = {}): Experiment => ({
  modality: 'image',
  preset,
  overrides,
})

function opened(experiment: Experiment, ownImages = 0): Opened {
  const { modality, preset, overrides } = experiment
  return { experiment, config: resolveConfig(modality, preset, overrides), ownImages }
}

const small = opened(form('small'))

test('only cold settings are cold changes', () => {
  const changed = resolveConfig('image', 'small', { lr: 0.01, width: 64, depth: 6 })
  expect(coldChanges(small.config, changed)).toEqual(['width', 'depth'])
})

describe('settings for the running model', () => {
  test('are the form’s own while nothing cold has changed', () => {
    expect(settingsFor(small, form('small', { lr: 0.01 }))).toMatchObject({ lr: 0.01 })
  })

  test('keep the running model’s shape while a cold change waits', () => {
    expect(settingsFor(small, form('small', { lr: 0.01, width: 64 }))).toMatchObject({ lr: 0.01, width: 128 })
  })

  test('wait with the rest of another preset or another sample set', () => {
    expect(settingsFor(small, form('base'))).toBeNull()
    expect(settingsFor(small, form('small', { samples: 'fashion' }))).toBeNull()
  })

  test('wait where they would contradict the running model', () => {
    const deeper = form('small', { depth: 8, targetLayers: 6 })
    expect(settingsFor(small, deeper)).toBeNull()
  })
})

describe('taking cold changes back', () => {
  test('leaves hot ones as they are', () => {
    const run = opened(form('small', { width: 64, lr: 0.01 }))
    const undone = withoutColdChanges(run.experiment, form('small', { width: 96, depth: 6, lr: 0.02 }))
    expect(undone).toEqual(form('small', { width: 64, lr: 0.02 }))
  })

  test('brings a left preset back as it was', () => {
    const run = opened(form('small', { lr: 0.01 }))
    expect(withoutColdChanges(run.experiment, form('base'))).toEqual(form('small', { lr: 0.01 }))
  })
})

test('added or removed images matter only to a run on them', () => {
  expect(imagesChanged(opened(form('small', { samples: 'own' }), 5), 6)).toBe(true)
  expect(imagesChanged(opened(form('small', { samples: 'own' }), 5), 5)).toBe(false)
  expect(imagesChanged(small, 6)).toBe(false)
  expect(imagesChanged(null, 6)).toBe(false)
})
