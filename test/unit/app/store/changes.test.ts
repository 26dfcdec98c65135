import { describe, expect, test } from 'vitest'
import {
  canUndo,
  coldChanges,
  isEnough,
  isOutOfDate,
  ownChanged,
  settingsFor,
} from '../../../../src/app/store/changes.ts'
import { experimentOf, type Running } from '../../../../src/app/store/running.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import type { Overrides, PresetName } from '../../../../src/config/preset.ts'
import { essential, type Experiment } from '../../../../src/config/url.ts'
import type { OwnSample } from '../../../../src/worker/protocol.ts'
import { ownImage, ownRecording, ownText } from '../../../support/ownSamples.ts'

const form = (preset: PresetName, overrides: Overrides = {}): Experiment => ({
  modality: 'image',
  preset,
  overrides,
})

function running({ modality, preset, overrides }: Experiment, own: readonly OwnSample[] = []): Running {
  return { modality, preset, config: resolveConfig(modality, preset, overrides), own }
}

const small = running(form('small', { method: '1' }))

test('only cold settings are cold changes', () => {
  const changed = resolveConfig('image', 'small', { method: '1', lr: 0.01, width: 64, depth: 6 })
  expect(coldChanges(small.config, changed)).toEqual(['width', 'depth'])
})

test('a cold setting that changes nothing beside the others asks for no new run', () => {
  const spectrogram = resolveConfig('audio', 'small')
  const waveform = { ...spectrogram, frontEnd: 'waveform', melBands: 20 } as const
  expect(coldChanges(spectrogram, { ...spectrogram, melBands: 20 })).toEqual(['melBands'])
  expect(coldChanges(spectrogram, { ...spectrogram, convChannels: 8 })).toEqual([])
  expect(coldChanges(spectrogram, waveform)).toEqual(['frontEnd'])
})

test('how much is hidden is cold where it shapes what the student gets', () => {
  const views = resolveConfig('image', 'small', { method: '2' })
  expect(coldChanges(small.config, { ...small.config, maskRatio: 0.8 })).toEqual([])
  expect(coldChanges(views, { ...views, maskRatio: 0.8, maskBlock: 3 })).toEqual(['maskRatio'])
})

describe('settings for the running model', () => {
  test('are the form’s own while nothing cold has changed', () => {
    expect(settingsFor(small, form('small', { method: '1', lr: 0.01 }))).toMatchObject({ lr: 0.01 })
  })

  test('keep the running model’s shape while a cold change waits', () => {
    expect(settingsFor(small, form('small', { method: '1', lr: 0.01, width: 64 }))).toMatchObject({
      lr: 0.01,
      width: 128,
    })
  })

  test('wait with the rest of another preset or another sample set', () => {
    expect(settingsFor(small, form('base'))).toBeNull()
    expect(settingsFor(small, form('small', { method: '1', samples: 'fashion' }))).toBeNull()
  })

  test('wait with what another method needs otherwise', () => {
    expect(settingsFor(small, form('small', { method: '2', lr: 0.01 }))).toBeNull()
  })

  test('are none when the model has them already', () => {
    expect(settingsFor(small, form('small', { method: '1' }))).toBeNull()
    expect(settingsFor(small, form('small', { method: '1', width: 64 }))).toBeNull()
  })

  test('leave out what would contradict the running model, and nothing else', () => {
    const deeper = settingsFor(small, form('small', { method: '1', depth: 8, targetLayers: 6, lr: 0.01 }))
    expect(deeper).toEqual({ ...small.config, lr: 0.01 })
    const blocks = running(form('small', { method: '1', maskMinBlock: 2, maskMaxBlock: 4 }))
    const crossed = settingsFor(
      blocks,
      form('small', { method: '1', maskMinBlock: 6, maskMaxBlock: 3, lr: 0.01 }),
    )
    expect(crossed).toMatchObject({ maskMinBlock: 2, maskMaxBlock: 3, lr: 0.01 })
  })

  test('may be possible only together: a smallest block that is above the last largest', () => {
    const blocks = running(form('small', { method: '1', maskMinBlock: 2, maskMaxBlock: 4 }))
    const larger = form('small', { method: '1', maskMinBlock: 8, maskMaxBlock: 16, targetLayers: 12 })
    expect(settingsFor(blocks, larger)).toEqual({ ...blocks.config, maskMinBlock: 8, maskMaxBlock: 16 })
  })
})

test('a run’s experiment gives its settings again, hot ones that were sent included', () => {
  const { config } = running(form('tiny', { samples: 'emoji', lr: 0.01, width: 64 }))
  const experiment = experimentOf({ ...small, preset: 'tiny', config })
  expect(essential(experiment)).toEqual({ samples: 'emoji', lr: 0.01, width: 64 })
  expect(resolveConfig('image', 'tiny', essential(experiment))).toEqual(config)
})

describe('a run on the person’s own', () => {
  const images = [ownImage(1), ownImage(2), ownImage(3)]
  const own = running(form('small', { samples: 'own' }), images)

  test('is told from their present list, even where as many were added as removed', () => {
    expect(ownChanged(own, images)).toBe(false)
    expect(
      ownChanged(
        own,
        images.map((image) => ({ ...image, label: 'cat' })),
      ),
    ).toBe(false)
    expect(ownChanged(own, [ownImage(2), ownImage(3), ownImage(4)])).toBe(true)
    expect(ownChanged(small, images)).toBe(false)
    expect(ownChanged(null, images)).toBe(false)
  })

  test('cannot be gone back to once none of them is left', () => {
    expect(canUndo(own, images.slice(2))).toBe(true)
    expect(canUndo(own, [])).toBe(false)
    expect(canUndo(small, [])).toBe(true)
    expect(canUndo(null, images)).toBe(false)
  })

  test('counts samples, not files: a recording or text may be too short to be one', () => {
    expect(isEnough([ownImage(1)])).toBe(true)
    expect(isEnough([ownRecording(1, 0.4)])).toBe(false)
    expect(isEnough([ownRecording(1, 0.4), ownText(2, 1)])).toBe(true)
  })
})

test('a run is out of date with other cold settings or other files, and while there is none', () => {
  const hot = resolveConfig('image', 'small', { method: '1', lr: 0.01 })
  const cold = resolveConfig('image', 'small', { method: '1', width: 64 })
  expect(isOutOfDate(small, hot, [])).toBe(false)
  expect(isOutOfDate(small, cold, [])).toBe(true)
  expect(isOutOfDate(null, hot, [])).toBe(true)
})
