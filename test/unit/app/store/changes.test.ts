import { describe, expect, test } from 'vitest'
import {
  canUndo,
  coldChanges,
  experimentOf,
  imagesChanged,
  settingsFor,
} from '../../../../src/app/store/changes.ts'
import type { Running } from '../../../../src/app/store/run.ts'
import { resolveConfig, type Overrides, type PresetName } from '../../../../src/config/presets.ts'
import { essential, type Experiment } from '../../../../src/config/url.ts'
import type { OwnSample } from '../../../../src/worker/protocol.ts'

const form = (preset: PresetName, overrides: Overrides = {}): Experiment => ({
  modality: 'image',
  preset,
  overrides,
})

function running({ modality, preset, overrides }: Experiment, images: readonly OwnSample[] = []): Running {
  return { modality, preset, config: resolveConfig(modality, preset, overrides), images }
}

const small = running(form('small'))
const image = (id: number): OwnSample => ({ id, file: `${id}.png`, thumbnail: {} as ImageBitmap })

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

  test('are none when the model has them already', () => {
    expect(settingsFor(small, form('small'))).toBeNull()
    expect(settingsFor(small, form('small', { width: 64 }))).toBeNull()
  })

  test('leave out what would contradict the running model, and nothing else', () => {
    const deeper = settingsFor(small, form('small', { depth: 8, targetLayers: 6, lr: 0.01 }))
    expect(deeper).toEqual({ ...small.config, lr: 0.01 })
    const blocks = running(form('small', { maskMinBlock: 2, maskMaxBlock: 4 }))
    const crossed = settingsFor(blocks, form('small', { maskMinBlock: 6, maskMaxBlock: 3, lr: 0.01 }))
    expect(crossed).toMatchObject({ maskMinBlock: 2, maskMaxBlock: 3, lr: 0.01 })
  })

  test('may be possible only together: a smallest block that is above the last largest', () => {
    const blocks = running(form('small', { maskMinBlock: 2, maskMaxBlock: 4 }))
    const larger = form('small', { maskMinBlock: 8, maskMaxBlock: 16, targetLayers: 12 })
    expect(settingsFor(blocks, larger)).toEqual({ ...blocks.config, maskMinBlock: 8, maskMaxBlock: 16 })
  })
})

test('a run’s experiment gives its settings again, hot ones that were sent included', () => {
  const { config } = running(form('tiny', { samples: 'emoji', lr: 0.01, width: 64 }))
  const experiment = experimentOf({ ...small, preset: 'tiny', config })
  expect(essential(experiment)).toEqual({ samples: 'emoji', lr: 0.01, width: 64 })
  expect(resolveConfig('image', 'tiny', essential(experiment))).toEqual(config)
})

describe('a run on the person’s images', () => {
  const images = [image(1), image(2), image(3)]
  const own = running(form('small', { samples: 'own' }), images)

  test('is told from their present list, even where as many were added as removed', () => {
    expect(imagesChanged(own, images)).toBe(false)
    expect(imagesChanged(own, [image(2), image(3), image(4)])).toBe(true)
    expect(imagesChanged(small, images)).toBe(false)
    expect(imagesChanged(null, images)).toBe(false)
  })

  test('cannot be gone back to once too few of them are left', () => {
    expect(canUndo(own, images.slice(1))).toBe(true)
    expect(canUndo(own, images.slice(2))).toBe(false)
    expect(canUndo(small, [])).toBe(true)
    expect(canUndo(null, images)).toBe(false)
  })
})
