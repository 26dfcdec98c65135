import { beforeEach, describe, expect, test } from 'vitest'
import {
  configOf,
  experiment,
  presetValue,
  problemsOf,
  useExperiment,
} from '../../../../src/app/store/experiment.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'

const state = () => useExperiment.getState()
const config = () => configOf(state())

beforeEach(() => experiment.loadLink('', 0))

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
    experiment.loadLink('#preset=tiny&seed=7&lr=9&colour=red', 0)
    expect(state()).toMatchObject({ preset: 'tiny', overrides: { seed: 7 } })
    expect(state().linkProblems).toHaveLength(2)
    experiment.dismissLinkProblems()
    expect(state().linkProblems).toEqual([])
  })

  test('cannot bring someone’s own images: it says so and uses the preset’s', () => {
    experiment.loadLink('#preset=small&samples=own&seed=3', 0)
    expect(config()).toMatchObject({ samples: 'emoji', seed: 3 })
    expect(state().linkProblems).toHaveLength(1)
    experiment.loadLink('#preset=small&samples=own', 1)
    expect(config().samples).toBe('emoji')
  })

  test('may name one’s own images where there are enough', () => {
    experiment.loadLink('#preset=small&samples=own', 2)
    expect(config().samples).toBe('own')
    expect(state().linkProblems).toEqual([])
  })
})

test('a preset leaves alone what belongs to the person and the machine, and makes what was being typed out of date', () => {
  experiment.setField('samples', 'fashion')
  experiment.setField('backend', 'wasm')
  experiment.setField('lr', 0.01)
  const { edition } = useExperiment.getState()
  experiment.setPreset('base')
  expect(useExperiment.getState().overrides).toEqual({ samples: 'fashion', backend: 'wasm' })
  expect(useExperiment.getState().edition).toBeGreaterThan(edition)
})
