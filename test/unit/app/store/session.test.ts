import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ownChanged } from '../../../../src/app/store/changes.ts'
import { configOf, experiment, formOf, shownModality } from '../../../../src/app/store/experiment.ts'
import { useFiles } from '../../../../src/app/store/files.ts'
import { historyOf } from '../../../../src/app/store/history.ts'
import { run } from '../../../../src/app/store/run.ts'
import { runOf } from '../../../../src/app/store/runState.ts'
import { undoChanges } from '../../../../src/app/store/useChanges.ts'
import { useWorker } from '../../../../src/app/store/worker.ts'
import type { OwnSample } from '../../../../src/worker/protocol.ts'
import type { FakeClient } from '../../../support/fakeClient.ts'
import { metricRow } from '../../../support/fakeClient.ts'
import { ownImage } from '../../../support/ownSamples.ts'
import { openPage, settle } from '../../../support/fakePage.ts'

let client: FakeClient
let close: () => void

beforeEach(() => {
  ;({ client, close } = openPage(() => experiment.loadLink('#preset=tiny', () => false)))
})

afterEach(() => close())

const image = () => runOf('image')
const ownImages = () => useFiles.getState().own.image
const hold = (...own: OwnSample[]) => useFiles.setState((state) => ({ own: { ...state.own, image: own } }))

test('opens a run at once, with the form’s settings', () => {
  expect(client.of('open')).toEqual([
    {
      type: 'open',
      modality: 'image',
      run: 1,
      preset: 'tiny',
      config: image().running?.config,
      view: { sample: 'batch', mask: 0 },
    },
  ])
  client.becomeOpen()
  expect(image()).toMatchObject({ phase: 'paused', weights: 28_128, samples: 7000 })
})

test('tells how far the GPU is prepared, for the newest run only', () => {
  client.say({ type: 'preparing', stage: 'compiling', done: 3, total: 12 }, 'image', 1)
  expect(image().preparing).toMatchObject({ done: 3, total: 12 })
  run.open()
  client.say({ type: 'preparing', stage: 'compiling', done: 4, total: 12 }, 'image', 1)
  expect(image().preparing).toBeNull()
})

test('what a run takes is not said of the next', () => {
  client.becomeOpen()
  client.say({ type: 'estimate', stepMs: 12, gpuBytes: 3e6 })
  expect(image().estimate).toMatchObject({ stepMs: 12, gpuBytes: 3e6 })
  run.open()
  expect(image().estimate).toBeNull()
})

test('what was turned a moment before Train holds from the first step on', () => {
  client.becomeOpen()
  experiment.setField('lr', 0.001)
  run.train()
  expect(client.sent.slice(-2)).toMatchObject([
    { type: 'settings', config: { lr: 0.001 } },
    { type: 'train' },
  ])
  settle()
  expect(client.of('settings')).toHaveLength(1)
})

test('a setting to go on with is taken over although another preset waits for a new run', () => {
  client.becomeOpen()
  client.trainTo(40)
  client.say({ type: 'state', phase: 'paused', step: 40, weights: 1, samples: 1 })
  experiment.setPreset('small')
  run.trainWith({ lr: 0.001 })
  expect(client.sent.slice(-2)).toMatchObject([
    { type: 'settings', config: { lr: 0.001, width: 32 } },
    { type: 'train' },
  ])
  expect(formOf('image')).toMatchObject({ preset: 'small', overrides: { lr: 0.001 } })
})

test('a step that was no number is told until training goes on', () => {
  client.becomeOpen()
  client.say({ type: 'halted', step: 7, loss: NaN, grad_norm: NaN })
  expect(image()).toMatchObject({ phase: 'paused', halted: { step: 7 } })
  run.train()
  expect(image().halted).toBeNull()
})

describe('while training', () => {
  beforeEach(() => {
    client.becomeOpen()
    run.train()
    client.trainTo(40)
  })

  test('the metrics of every step are kept, and forgotten when another run begins', () => {
    expect(historyOf('image').columns().length).toBe(40)
    run.open()
    expect(historyOf('image').columns().length).toBe(0)
  })

  test('a hot setting is sent once a frame, with its last value', () => {
    for (const lr of [0.001, 0.002, 0.003]) experiment.setField('lr', lr)
    settle()
    expect(client.of('settings').map(({ config }) => config.lr)).toEqual([0.003])
    expect(client.of('open')).toHaveLength(1)
  })

  test('a cold setting waits for a new run, which then trains on', () => {
    experiment.setField('width', 64)
    settle()
    expect(client.of('open')).toHaveLength(1)
    run.open('train')
    client.becomeOpen()
    expect(client.sent.slice(-2).map(({ type }) => type)).toEqual(['open', 'train'])
    expect(client.of('open')[1].config.width).toBe(64)
  })

  test('a setting that contradicts the running model is not sent, and holds no other up', () => {
    experiment.setField('targetLayers', 5)
    experiment.setField('lr', 0.001)
    settle()
    const { running } = image()
    expect(running?.config).toMatchObject({ targetLayers: 2, lr: 0.001 })
    expect(client.of('settings').map(({ config }) => config)).toEqual([running?.config])
  })

  test('Undo goes back to what runs: the hot settings that were sent since it was opened, too', () => {
    experiment.setField('lr', 0.0005)
    settle()
    experiment.setPreset('base')
    settle()
    expect(image().running?.config).toMatchObject({ lr: 0.0005, steps: 1000 })
    undoChanges()
    expect(formOf('image')).toMatchObject({ preset: 'tiny', overrides: { lr: 0.0005 } })
    settle()
    expect(client.of('settings')).toHaveLength(1)
  })

  test('images that were exchanged for as many others are noticed', () => {
    hold(ownImage(1), ownImage(2), ownImage(3))
    experiment.setSamples('own')
    run.open()
    client.becomeOpen()
    client.trainTo(1)
    hold(ownImage(2), ownImage(3), ownImage(4))
    settle()
    expect(configOf(formOf('image')).samples).toBe('own')
    expect(ownChanged(image().running, ownImages())).toBe(true)
  })

  test('what the old run still says after another was asked for is not taken for the new one’s', () => {
    run.open('train')
    client.say({ type: 'metrics', rows: [metricRow(41)] }, 'image', 1)
    client.say({ type: 'state', phase: 'failed', step: 41, weights: 28_128, samples: 7000 }, 'image', 1)
    client.say({ type: 'failure', message: 'Training blew up.' }, 'image', 1)
    expect(image()).toMatchObject({ phase: 'opening', step: 0, failure: null })
    expect(historyOf('image').columns().length).toBe(0)
    client.becomeOpen()
    expect(client.of('train').map(({ run: of }) => of)).toEqual([1, 2])
  })

  test('a failure of a run in between leaves the next one and what it is to do alone', () => {
    run.open()
    run.open()
    run.train()
    client.say({ type: 'failure', message: 'No samples.' }, 'image', 2)
    expect(image()).toMatchObject({ phase: 'opening', failure: null, whenOpen: 'train' })
    client.becomeOpen()
    expect(client.of('train').at(-1)).toMatchObject({ run: 3 })
  })

  test('a failure stops the run and says why', () => {
    client.say({ type: 'failure', message: 'Training blew up.' })
    expect(image()).toMatchObject({ phase: 'failed', failure: { message: 'Training blew up.' } })
    run.open()
    expect(image()).toMatchObject({ phase: 'opening', failure: null })
  })
})

describe('before the first step', () => {
  beforeEach(() => client.becomeOpen())

  test('a cold setting opens the run anew by itself, once, after a pause in typing', () => {
    experiment.setField('width', 48)
    vi.advanceTimersByTime(100)
    experiment.setField('width', 64)
    settle()
    expect(client.of('open').map(({ config }) => config.width)).toEqual([32, 64])
  })

  test('settings that contradict each other open nothing until they agree', () => {
    experiment.setField('heads', 5)
    settle()
    expect(client.of('open')).toHaveLength(1)
    experiment.setField('heads', 8)
    settle()
    expect(client.of('open')).toHaveLength(2)
  })

  test('Train pressed while another run is being prepared is not forgotten', () => {
    run.open()
    run.train()
    expect(client.of('train')).toHaveLength(0)
    client.becomeOpen()
    expect(client.of('train')).toHaveLength(1)
  })

  test('Train at once after a cold change acts on a run that has it, not on the old one', () => {
    experiment.setField('width', 64)
    run.train()
    expect(client.askedOf('image')).toEqual(['open', 'open'])
    client.becomeOpen()
    expect(client.of('train')).toEqual([{ type: 'train', modality: 'image', run: 2 }])
    settle()
    expect(client.of('open').map(({ config }) => config.width)).toEqual([32, 64])
  })

  test('Step does so, too', () => {
    experiment.setField('width', 64)
    run.step()
    client.becomeOpen()
    expect(client.of('step')).toEqual([{ type: 'step', modality: 'image', run: 2 }])
  })

  test('Pause takes that back', () => {
    run.open()
    run.train()
    run.pause()
    client.becomeOpen()
    expect(client.of('train')).toHaveLength(0)
  })
})

describe('the sample that is shown', () => {
  test('is held under another mask, and let go when the sample set changes', () => {
    client.becomeOpen()
    run.setView({ sample: 5, mask: 0 })
    run.anotherMask()
    expect(client.of('inspect').at(-1)?.view).toEqual({ sample: 5, mask: 1 })
    experiment.setField('width', 64)
    settle()
    expect(client.of('open').at(-1)?.view).toEqual({ sample: 5, mask: 1 })
    experiment.setSamples('emoji')
    settle()
    expect(client.of('open').at(-1)?.view).toEqual({ sample: 'batch', mask: 0 })
  })
})

describe('another tab', () => {
  beforeEach(() => {
    client.becomeOpen()
    run.train()
    client.trainTo(40)
  })

  test('opens its run when it is first shown; the one that is left trains on, without pictures', () => {
    experiment.show('audio')
    expect(client.askedOf('image')).toEqual(['open', 'train', 'inspect'])
    expect(client.of('inspect').at(-1)).toMatchObject({ modality: 'image', view: null })
    expect(client.askedOf('audio')).toEqual(['open'])
    client.becomeOpen('audio')
    client.trainTo(50)
    expect(runOf('image')).toMatchObject({ phase: 'training', step: 50 })
    expect(runOf('audio')).toMatchObject({ phase: 'paused', step: 0 })
  })

  test('is found as it was left: its run, its metrics, its view', () => {
    run.setView({ sample: 5, mask: 2 })
    experiment.show('text')
    experiment.show('image')
    expect(client.of('open')).toHaveLength(2)
    expect(client.of('inspect').slice(-2)).toEqual([
      { type: 'inspect', modality: 'text', run: 1, view: null },
      { type: 'inspect', modality: 'image', run: 1, view: { sample: 5, mask: 2 } },
    ])
    expect(historyOf('image').columns().length).toBe(40)
  })

  test('has buttons of its own: they act on no other run', () => {
    experiment.show('text')
    client.becomeOpen('text')
    run.train()
    experiment.setField('lr', 0.001)
    settle()
    run.pause()
    expect(client.askedOf('text')).toEqual(['open', 'train', 'settings', 'pause'])
    expect(runOf('image').phase).toBe('training')
  })

  test('may be asked for by a link', () => {
    experiment.loadLink('#modality=text&preset=tiny', () => false)
    expect(shownModality()).toBe('text')
    expect(client.askedOf('text')).toEqual(['open'])
  })
})

describe('a worker that fails', () => {
  beforeEach(() => {
    client.becomeOpen()
    experiment.show('audio')
    client.becomeOpen('audio')
    run.train()
    client.trainTo(10, 'audio')
    client.emit({ type: 'failure', modality: 'audio', run: 1, message: 'Training stopped: nothing is read.' })
    client.emit({ type: 'workerFailure', message: 'The GPU is gone.' })
  })

  test('stops all runs, says only that, and waits for the person', () => {
    expect(runOf('image').phase).toBe('failed')
    expect(runOf('audio')).toMatchObject({ phase: 'failed', failure: null })
    experiment.setField('width', 64)
    experiment.show('text')
    settle()
    expect(client.restarts).toBe(0)
    expect(client.askedOf('text')).toEqual([])
  })

  test('is told to train no more, and what it still says of a run is not shown, but what it keeps', () => {
    expect(client.askedOf('audio').at(-1)).toBe('pause')
    client.say({ type: 'metrics', rows: [metricRow(11)] }, 'audio')
    client.say({ type: 'state', phase: 'paused', step: 11, weights: 1, samples: 1 }, 'audio')
    expect(runOf('audio')).toMatchObject({ phase: 'failed', step: 10 })
  })

  test('is replaced with the next run; the others open again with their tabs', () => {
    run.open()
    expect(client.restarts).toBe(1)
    expect(useWorker.getState().failure).toBeNull()
    expect(client.of('open').at(-1)).toMatchObject({ modality: 'audio', run: 2 })
    expect(historyOf('audio').columns().length).toBe(0)
    experiment.show('image')
    expect(client.of('open').at(-1)).toMatchObject({ modality: 'image', run: 2 })
  })
})
