import { beforeEach, describe, expect, test } from 'vitest'
import {
  configOf,
  experiment,
  formOf,
  problemsOf,
  shownModality,
} from '../../../../src/app/store/experiment.ts'
import { presetValue, resolveConfig } from '../../../../src/config/presets.ts'
import { resetStores } from '../../../support/stores.ts'

const state = () => formOf(shownModality())
const config = () => configOf(state())
const none = () => false

beforeEach(resetStores)

describe('each modality', () => {
  test('keeps its own form, and another tab finds it as it was left', () => {
    experiment.setField('lr', 0.005)
    experiment.show('text')
    expect(config()).toEqual(resolveConfig('text', 'small'))
    experiment.setPreset('tiny')
    experiment.setField('maskSpan', 3)
    experiment.show('image')
    expect(config()).toEqual(resolveConfig('image', 'small', { lr: 0.005 }))
    expect(formOf('text')).toMatchObject({ preset: 'tiny', overrides: { maskSpan: 3 } })
  })

  test('gives the same config object whatever the others do, so that no component renders for them', () => {
    const before = configOf(formOf('image'))
    experiment.show('audio')
    experiment.setField('lr', 0.005)
    configOf(formOf('audio'))
    expect(configOf(formOf('image'))).toBe(before)
  })

  test('can be changed while another is shown', () => {
    experiment.setSamples('own', 'audio')
    expect(configOf(formOf('audio')).samples).toBe('own')
    expect(config().samples).toBe('emoji')
    experiment.clearField('samples', 'audio')
    expect(formOf('audio').overrides).toEqual({})
  })

  test('is checked by its own rules', () => {
    experiment.show('text')
    experiment.setField('method', '1')
    experiment.setField('maskKeep', 0.5)
    experiment.setField('maskRandom', 0.5)
    expect(problemsOf(state()).map(({ field }) => field)).toEqual(['maskRandom'])
    expect(problemsOf(formOf('image'))).toEqual([])
  })
})

describe('a setting', () => {
  test('takes effect, and is an override only while it differs from the preset', () => {
    experiment.setField('lr', 0.005)
    expect(config().lr).toBe(0.005)
    expect(state().overrides).toEqual({ lr: 0.005 })
    experiment.setField('lr', presetValue(state(), 'lr'))
    expect(state().overrides).toEqual({})
  })

  test('goes back to the preset’s value for the chosen sample set', () => {
    experiment.setSamples('fashion')
    experiment.setField('imageSize', 40)
    experiment.clearField('imageSize')
    expect(config().imageSize).toBe(28)
  })

  test('gives the same config object until something changes, so that components render no more than they must', () => {
    const before = config()
    experiment.dismissLinkProblems()
    expect(config()).toBe(before)
    experiment.setField('lr', 0.005)
    expect(config()).not.toBe(before)
  })
})

describe('a preset', () => {
  test('takes overrides back but leaves the chosen sample set', () => {
    experiment.setSamples('fashion')
    experiment.setField('depth', 7)
    experiment.setPreset('base')
    expect(config()).toEqual(resolveConfig('image', 'base', { samples: 'fashion' }))
  })

  test('brings its own sample set where none was chosen', () => {
    experiment.setPreset('tiny')
    expect(config().samples).toBe('fashion')
    experiment.setPreset('small')
    expect(config().samples).toBe('emoji')
  })
})

test('settings that contradict each other are named by field', () => {
  experiment.setField('heads', 5)
  expect(problemsOf(state())).toEqual([
    { field: 'heads', message: expect.stringContaining('Attention heads') as string },
  ])
})

describe('a link', () => {
  test('restores an experiment and names what it says wrongly', () => {
    experiment.loadLink('#preset=tiny&seed=7&lr=9&colour=red', none)
    expect(state()).toMatchObject({ preset: 'tiny', overrides: { seed: 7 } })
    expect(state().linkProblems).toHaveLength(2)
    experiment.dismissLinkProblems()
    expect(state().linkProblems).toEqual([])
  })

  test('cannot bring someone’s own images: it says so and uses the preset’s', () => {
    experiment.loadLink('#preset=small&samples=own&seed=3', none)
    expect(config()).toMatchObject({ samples: 'emoji', seed: 3 })
    expect(state().linkProblems).toHaveLength(1)
  })

  test('opens the tab of its modality and leaves the forms of others alone', () => {
    experiment.setField('lr', 0.005)
    experiment.loadLink('#modality=audio&preset=tiny&imageSize=16', none)
    expect(shownModality()).toBe('audio')
    expect(state()).toMatchObject({ preset: 'tiny', overrides: {} })
    expect(state().linkProblems).toHaveLength(1)
    expect(formOf('image').overrides).toEqual({ lr: 0.005 })
  })

  test('names what it cannot bring by its modality’s word', () => {
    experiment.loadLink('#modality=text&preset=small&samples=own', none)
    expect(state().linkProblems[0]).toContain('someone’s own texts')
    experiment.setSamples('own')
    expect(state().linkProblems).toEqual([]) // they are there now
  })

  test('may name one’s own images where there are enough', () => {
    experiment.loadLink('#preset=small&samples=own', () => true)
    expect(config().samples).toBe('own')
    expect(state().linkProblems).toEqual([])
  })
})

test('a preset leaves alone what belongs to the person and the machine, and makes what was being typed out of date', () => {
  experiment.setField('samples', 'fashion')
  experiment.setField('backend', 'wasm')
  experiment.setField('lr', 0.01)
  const { edition } = state()
  experiment.setPreset('base')
  expect(state().overrides).toEqual({ samples: 'fashion', backend: 'wasm' })
  expect(state().edition).toBeGreaterThan(edition)
})
