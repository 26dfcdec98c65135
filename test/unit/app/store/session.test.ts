import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { imagesChanged, undoChanges } from '../../../../src/app/store/changes.ts'
import { configOf, experiment, useExperiment } from '../../../../src/app/store/experiment.ts'
import { files, useFiles } from '../../../../src/app/store/files.ts'
import { history } from '../../../../src/app/store/history.ts'
import { run, useRun } from '../../../../src/app/store/run.ts'
import { startSession } from '../../../../src/app/store/session.ts'
import type { OwnSample } from '../../../../src/worker/protocol.ts'
import { FakeClient, metricRow } from '../../../support/fakeClient.ts'

let client: FakeClient
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  useRun.setState(useRun.getInitialState(), true)
  useFiles.setState(useFiles.getInitialState(), true)
  experiment.loadLink('#preset=tiny', 0)
  history.reset()
  stop = startSession(FakeClient.connector((connected) => (client = connected)))
})

afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settle = () => vi.advanceTimersByTime(1000)
const own = (id: number): OwnSample => ({
  id,
  file: `${id}.png`,
  thumbnail: { close: vi.fn() } as unknown as ImageBitmap,
})

test('opens a run at once, with the form’s settings', () => {
  expect(client.of('open')).toEqual([
    { type: 'open', modality: 'image', config: useRun.getState().running?.config },
  ])
  client.becomeOpen()
  expect(useRun.getState()).toMatchObject({ phase: 'paused', weights: 28_128, samples: 7000 })
})

describe('while training', () => {
  beforeEach(() => {
    client.becomeOpen()
    run.train()
    client.trainTo(40)
  })

  test('the metrics of every step are kept, and forgotten when another run begins', () => {
    expect(history.columns().length).toBe(40)
    client.becomeOpen()
    expect(history.columns().length).toBe(0)
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
    run.open(true)
    client.becomeOpen()
    expect(client.sent.slice(-2).map(({ type }) => type)).toEqual(['open', 'train'])
    expect(client.of('open')[1].config.width).toBe(64)
  })

  test('a setting that contradicts the running model is not sent, and holds no other up', () => {
    experiment.setField('targetLayers', 5)
    experiment.setField('lr', 0.001)
    settle()
    const { running } = useRun.getState()
    expect(running?.config).toMatchObject({ targetLayers: 2, lr: 0.001 })
    expect(client.of('settings').map(({ config }) => config)).toEqual([running?.config])
  })

  test('Undo goes back to what runs: the hot settings that were sent since it was opened, too', () => {
    experiment.setField('lr', 0.0005)
    settle()
    experiment.setPreset('base')
    settle()
    expect(useRun.getState().running?.config).toMatchObject({ lr: 0.0005, steps: 1000 })
    undoChanges()
    expect(useExperiment.getState()).toMatchObject({ preset: 'tiny', overrides: { lr: 0.0005 } })
    settle()
    expect(client.of('settings')).toHaveLength(1)
  })

  test('images that were exchanged for as many others are noticed', () => {
    useFiles.setState({ list: [own(1), own(2), own(3)] })
    experiment.setSamples('own')
    run.open()
    client.becomeOpen()
    client.trainTo(1)
    useFiles.setState({ list: [own(2), own(3), own(4)] })
    settle()
    expect(configOf(useExperiment.getState()).samples).toBe('own')
    expect(imagesChanged(useRun.getState().running, useFiles.getState().list)).toBe(true)
  })

  test('what the old run still says after another was asked for is not taken for the new one’s', () => {
    run.open(true)
    client.emit(
      { type: 'metrics', rows: [metricRow(41)] },
      { type: 'state', phase: 'failed', step: 41, weights: 28_128, samples: 7000 },
      { type: 'failure', message: 'Training blew up.', scope: 'run' },
    )
    expect(useRun.getState()).toMatchObject({ phase: 'opening', step: 0, failure: null })
    client.becomeOpen()
    expect(client.of('train')).toHaveLength(2)
  })

  test('the loss of the worker is heard even then', () => {
    run.open()
    client.emit({ type: 'failure', message: 'The GPU is gone.', scope: 'worker' })
    expect(useRun.getState()).toMatchObject({ phase: 'failed', failure: { scope: 'worker' } })
  })

  test('a failure that comes from a run in between is gone when the next one begins', () => {
    run.open()
    run.open()
    const opening = { type: 'state', phase: 'opening', step: 0, weights: 0, samples: 0 } as const
    client.emit(opening, { type: 'failure', message: 'No samples.', scope: 'run' }, opening)
    expect(useRun.getState()).toMatchObject({ phase: 'opening', failure: null })
  })

  test('a failure stops the run and says why', () => {
    client.emit({ type: 'failure', message: 'Training blew up.', scope: 'run' })
    expect(useRun.getState()).toMatchObject({ phase: 'failed', failure: { message: 'Training blew up.' } })
    run.open()
    expect(useRun.getState()).toMatchObject({ phase: 'opening', failure: null })
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

  test('Pause takes that back', () => {
    run.open()
    run.train()
    run.pause()
    client.becomeOpen()
    expect(client.of('train')).toHaveLength(0)
  })
})

describe('own images', () => {
  const decoded = { type: 'files', done: 2, total: 2, cancelled: false, refused: [], notices: [] } as const

  beforeEach(() => {
    client.becomeOpen()
    files.add([new File([], '1.png'), new File([], '2.png')])
    client.emit({ ...decoded, finished: false, added: [own(1), own(2)] })
  })

  test('leave the sample set alone while they are added, and where none was added', () => {
    experiment.setSamples('emoji')
    client.emit({ ...decoded, finished: true, added: [] })
    experiment.setSamples('emoji')
    files.add([new File([], 'x.txt')])
    client.emit({
      ...decoded,
      finished: true,
      added: [],
      refused: [{ file: 'x.txt', message: 'x.txt is no image.' }],
    })
    settle()
    expect(useRun.getState().running?.config.samples).toBe('emoji')
  })

  test('are chosen as the sample set, and the run is opened with them once all are there', () => {
    settle()
    expect(client.of('open')).toHaveLength(1)
    client.emit({ ...decoded, finished: true, added: [own(3)] })
    settle()
    expect(client.of('open')).toHaveLength(2)
    expect(client.of('open')[1].config.samples).toBe('own')
    expect(useRun.getState().running?.images.map(({ id }) => id)).toEqual([1, 2, 3])
  })

  test('of which too few are left give way to the preset’s sample set', () => {
    client.emit({ ...decoded, finished: true, added: [] })
    settle()
    files.remove([1])
    settle()
    expect(client.of('removeOwn')).toEqual([{ type: 'removeOwn', ids: [1] }])
    expect(useRun.getState().running?.config.samples).toBe('fashion')
  })

  test('that are exchanged for as many others open the run anew, and removing none does not', () => {
    client.emit({ ...decoded, finished: true, added: [own(3)] })
    settle()
    files.remove([])
    settle()
    expect(client.of('open')).toHaveLength(2)
    files.remove([1])
    client.emit({ ...decoded, finished: true, added: [own(4)] })
    settle()
    expect(client.of('open')).toHaveLength(3)
    expect(useRun.getState().running?.images.map(({ id }) => id)).toEqual([2, 3, 4])
  })

  test('a refused file drops nothing', () => {
    client.emit({
      ...decoded,
      finished: true,
      added: [],
      refused: [{ file: 'x.txt', message: 'x.txt is no image.' }],
    })
    expect(useFiles.getState()).toMatchObject({
      list: [{ id: 1 }, { id: 2 }],
      refused: [{ file: 'x.txt' }],
      progress: null,
    })
  })

  test('are gone with a worker that failed, and the person is told', () => {
    client.emit({ type: 'failure', message: 'The GPU is gone.', scope: 'worker' })
    run.open()
    expect(client.restarts).toBe(1)
    expect(useFiles.getState().list).toEqual([])
    expect(useFiles.getState().notices).toHaveLength(1)
    expect(client.of('open').at(-1)?.config.samples).toBe('fashion')
  })
})

describe('the sample that is shown', () => {
  test('is held under another mask, and let go when the sample set changes', () => {
    client.becomeOpen()
    run.setView({ sample: 5, mask: 0 })
    run.anotherMask()
    expect(client.of('inspect').at(-1)?.view).toEqual({ sample: 5, mask: 1 })
    experiment.setSamples('emoji')
    settle()
    expect(useRun.getState().view.sample).toBe('batch')
  })
})
