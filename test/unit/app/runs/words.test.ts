import { expect, test } from 'vitest'
import { ago, nameOf } from '../../../../src/app/runs/words.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import type { Overrides, PresetName } from '../../../../src/config/preset.ts'
import type { KeptRun } from '../../../../src/worker/protocol.ts'

function kept(preset: PresetName, overrides: Overrides = {}): KeptRun {
  const config = resolveConfig('image', preset, overrides)
  return {
    id: 'one',
    modality: 'image',
    preset,
    config,
    step: 5,
    loss: 0.5,
    accuracy: null,
    begunAt: 0,
    note: '',
    keptAt: 0,
  }
}

test('a run is called by its preset, and by what differs from the one before it', () => {
  const before = kept('tiny')
  expect(nameOf(before, undefined)).toBe('Tiny')
  expect(nameOf(kept('small'), before)).toBe('Small')
  expect(nameOf(kept('tiny'), before)).toBe('Tiny, once more')
  expect(nameOf(kept('tiny', { lr: 0.001 }), before)).toBe('Tiny · Learning rate 0.001')
  expect(nameOf(kept('tiny', { lr: 0.001, seed: 9, steps: 50, batchSize: 8 }), before)).toMatch(/ · 2 more$/)
})

test('the first run of a preset is called by what was turned of it', () => {
  expect(nameOf(kept('collapse', { targetNorm: 'instance' }), kept('tiny'))).toMatch(
    /^Collapse · Normalise each layer /,
  )
  expect(nameOf(kept('tiny', { lr: 0.001 }), undefined)).toBe('Tiny · Learning rate 0.001')
  expect(nameOf(kept('tiny', { steps: 60, backend: 'wasm' }), undefined)).toBe('Tiny · Steps 60')
})

test('settings that change nothing beside the others do not name a run', () => {
  expect(nameOf(kept('tiny', { views: 8 }), kept('tiny'))).toBe('Tiny, once more')
})

test('how long ago something was is said in its largest unit', () => {
  const minute = 60_000
  expect(ago(0, minute - 1)).toBe('just now')
  expect(ago(minute, 0)).toBe('just now') // clocks are set back
  expect(ago(0, 59 * minute)).toBe('59 minutes ago')
  expect(ago(0, 150 * minute)).toBe('2 hours ago')
  expect(ago(0, 25 * 60 * minute)).toBe('yesterday')
})
