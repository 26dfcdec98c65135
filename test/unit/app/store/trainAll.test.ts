import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { experiment, useExperiments } from '../../../../src/app/store/experiment.ts'
import { run } from '../../../../src/app/store/run.ts'
import { runOf, useRuns } from '../../../../src/app/store/runState.ts'
import { canStep, runs, stateOfAll } from '../../../../src/app/store/trainAll.ts'
import { MODALITY_NAMES } from '../../../../src/config/modalities.ts'
import type { FakeClient } from '../../../support/fakeClient.ts'
import { openPage } from '../../../support/fakePage.ts'

let client: FakeClient
let close: () => void

beforeEach(() => {
  ;({ client, close } = openPage())
  client.becomeOpen()
})

afterEach(() => close())

const all = () => stateOfAll(useRuns.getState(), useExperiments.getState().experiments)

describe('Train all', () => {
  test('opens the runs that are not open, and trains each as soon as it is', () => {
    runs.trainAll()
    expect(client.askedOf('image')).toEqual(['open', 'train'])
    expect(client.askedOf('audio')).toEqual(['open'])
    client.trainTo(3)
    expect(all()).toBe('training')
    for (const name of ['audio', 'text'] as const) client.becomeOpen(name)
    expect(client.of('train').map(({ modality }) => modality)).toEqual(MODALITY_NAMES)
  })

  test('asks for pictures of the shown modality only', () => {
    runs.trainAll()
    expect(client.of('open').map(({ view }) => view?.sample ?? null)).toEqual(['batch', null, null])
  })

  test('leaves out what cannot train, and is taken back by Pause all', () => {
    experiment.setField('method', '1', 'text')
    experiment.setField('maskKeep', 0.5, 'text')
    experiment.setField('maskRandom', 0.5, 'text')
    runs.trainAll()
    expect(client.askedOf('text')).toEqual([])
    client.trainTo(3)
    expect(all()).toBe('training')
    runs.pauseAll()
    expect(client.of('pause').map(({ modality }) => modality)).toEqual(['image', 'audio'])
    client.becomeOpen('audio')
    expect(client.of('train').map(({ modality }) => modality)).toEqual(['image'])
  })

  test('is to be had while one run could train and does not', () => {
    expect(all()).toBe('ready')
    runs.trainAll()
    for (const name of ['audio', 'text'] as const) client.becomeOpen(name)
    for (const name of MODALITY_NAMES) client.trainTo(3, name)
    client.say({ type: 'state', phase: 'finished', step: 1_000_000, weights: 1, samples: 1 }, 'audio')
    expect(all()).toBe('training')
    client.say({ type: 'state', phase: 'paused', step: 3, weights: 1, samples: 1 }, 'text')
    expect(all()).toBe('ready')
    client.emit({ type: 'workerFailure', message: 'The GPU is gone.' })
    expect(all()).toBe('stuck')
  })
})

test('Step can be pressed while a run is being prepared, once', () => {
  run.open()
  expect(canStep(runOf('image'))).toBe(true)
  run.step()
  expect(canStep(runOf('image'))).toBe(false)
  client.becomeOpen()
  expect(client.of('step')).toHaveLength(1)
  expect(canStep(runOf('image'))).toBe(true)
})
