import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { configOf, experiment, formOf } from '../../../../src/app/store/experiment.ts'
import { files, useFiles } from '../../../../src/app/store/files.ts'
import { run } from '../../../../src/app/store/run.ts'
import { runOf } from '../../../../src/app/store/runState.ts'
import { filesEvent, type FakeClient } from '../../../support/fakeClient.ts'
import { ownImage, ownRecording, ownText, unlabelled } from '../../../support/ownSamples.ts'
import { openPage, settle } from '../../../support/fakePage.ts'

let client: FakeClient
let close: () => void

beforeEach(() => {
  ;({ client, close } = openPage(() => experiment.loadLink('#preset=tiny', () => false)))
})

afterEach(() => close())

const image = () => runOf('image')
const ownImages = () => useFiles.getState().own.image

describe('files of the person', () => {
  const decoded = { type: 'files', restored: false, done: 2, total: 2, refused: [], notices: [] } as const
  const refused = [{ file: 'x.bin', message: '“x.bin” is of no kind that is known.' }]

  beforeEach(() => {
    client.becomeOpen()
    files.add(['1.png', '2.png'].map(emptyFile))
    client.emit({ ...decoded, finished: false, added: [ownImage(1), ownImage(2)] })
  })

  test('leave the sample set alone while they are added, and where none was added', () => {
    experiment.setSamples('emoji')
    client.emit({ ...decoded, finished: true, added: [] })
    experiment.setSamples('emoji')
    files.add([emptyFile('x.bin')])
    client.emit({ ...decoded, finished: true, added: [], refused })
    settle()
    expect(image().running?.config.samples).toBe('emoji')
  })

  test('are chosen as the sample set, and the run is opened with them once all are there', () => {
    settle()
    expect(client.of('open')).toHaveLength(1)
    client.emit({ ...decoded, finished: true, added: [ownImage(3)] })
    settle()
    expect(client.of('open')).toHaveLength(2)
    expect(client.of('open')[1].config.samples).toBe('own')
    expect(image().running?.own.map(({ id }) => id)).toEqual([1, 2, 3])
  })

  test('of which none is left give way to the preset’s sample set', () => {
    client.emit({ ...decoded, finished: true, added: [] })
    settle()
    files.remove([1, 2])
    settle()
    expect(client.of('removeOwn')).toEqual([{ type: 'removeOwn', ids: [1, 2] }])
    expect(image().running?.config.samples).toBe('fashion')
  })

  test('that are exchanged for as many others open the run anew, and removing none does not', () => {
    client.emit({ ...decoded, finished: true, added: [ownImage(3)] })
    settle()
    files.remove([])
    settle()
    expect(client.of('open')).toHaveLength(2)
    files.remove([1])
    client.emit({ ...decoded, finished: true, added: [ownImage(4)] })
    settle()
    expect(client.of('open')).toHaveLength(3)
    expect(image().running?.own.map(({ id }) => id)).toEqual([2, 3, 4])
  })

  test('that are labelled are told to the worker, and the run on them goes on', () => {
    client.emit({ ...decoded, finished: true, added: [] })
    settle()
    const opened = client.of('open').length
    files.label('image', [2], 'cat')
    settle()
    expect(ownImages().map(({ label }) => label)).toEqual(['', 'cat'])
    expect(client.of('labelOwn')).toEqual([{ type: 'labelOwn', modality: 'image', ids: [2], label: 'cat' }])
    expect(client.of('open')).toHaveLength(opened)
  })

  test('that are refused drop nothing', () => {
    client.emit({ ...decoded, finished: true, added: [], refused })
    expect(ownImages().map(({ id }) => id)).toEqual([1, 2])
    expect(useFiles.getState()).toMatchObject({ refused, progress: null })
  })

  test('go to their own modality each, which trains on them from then on; the person is told where', () => {
    client.emit({ ...decoded, finished: false, added: [ownRecording(3), ownRecording(4)] })
    client.emit({ ...decoded, finished: true, added: [ownText(5)] })
    expect(useFiles.getState().elsewhere).toEqual([
      { modality: 'audio', files: 2 },
      { modality: 'text', files: 1 },
    ])
    experiment.show('audio')
    expect(client.of('open').at(-1)).toMatchObject({ modality: 'audio', config: { samples: 'own' } })
    expect(useFiles.getState().elsewhere).toEqual([])
  })

  test('of another modality do not touch the run on these', () => {
    client.emit({ ...decoded, finished: true, added: [] })
    settle()
    const opened = client.of('open').length
    files.addText('Call me Ishmael.')
    client.emit({ ...decoded, finished: true, added: [ownText(5)] })
    files.remove([5])
    settle()
    expect(client.of('open')).toHaveLength(opened)
  })

  test('that hold no sample are kept but not chosen', () => {
    client.emit({ ...decoded, finished: true, added: [ownRecording(3, 0.4)] })
    expect(configOf(formOf('audio')).samples).toBe('instruments')
  })

  test('and pasted texts are numbered and counted alike', () => {
    files.addText('one')
    files.addText('two')
    expect(client.of('addText').map(({ name }) => name)).toEqual(['Pasted text 1', 'Pasted text 2'])
    expect(useFiles.getState().progress).toEqual({ done: 2, total: 4 })
  })

  test('come back after a worker has failed, in their old order, and the run is still on them', () => {
    client.emit({ ...decoded, finished: true, added: [] })
    settle()
    client.emit({ type: 'workerFailure', message: 'The GPU is gone.' })
    const before = ownImages()
    run.open()
    expect(client.restarts).toBe(1)
    expect(ownImages()).toEqual([])
    expect(client.of('restoreFiles')).toHaveLength(2)
    client.emit(filesEvent({ restored: true, finished: true, added: before.toReversed() }))
    settle()
    expect(ownImages()).toEqual(before)
    expect(client.of('open').at(-1)?.config.samples).toBe('own')
    expect(client.of('open')).toHaveLength(3)
  })

  test('that are dropped while others come back are trained on, and do not end their coming', () => {
    client.emit({ ...decoded, finished: true, added: [] })
    client.emit({ type: 'workerFailure', message: 'The GPU is gone.' })
    run.open()
    experiment.setSamples('emoji')
    files.add([emptyFile('4.png')])
    client.emit({ ...decoded, finished: true, added: [ownImage(4)] })
    expect(configOf(formOf('image')).samples).toBe('own')
    expect(useFiles.getState().restoring).not.toBeNull()
    client.emit(filesEvent({ restored: true, finished: true, added: [ownImage(1)] }))
    expect(useFiles.getState()).toMatchObject({ restoring: null, progress: null })
    expect(ownImages().map(({ id }) => id)).toEqual([1, 4])
  })

  test('that do not come back leave the run to a sample set', () => {
    client.emit({ ...decoded, finished: true, added: [] })
    settle()
    client.emit({ type: 'workerFailure', message: 'The GPU is gone.' })
    run.open()
    client.emit(filesEvent({ restored: true, finished: true }))
    settle()
    expect(client.of('open').at(-1)?.config.samples).toBe('fashion')
  })

  test('that cannot be kept are used, and the person is told', () => {
    client.emit({ type: 'filesNotKept', message: 'Not all are kept.' })
    expect(useFiles.getState().notices).toMatchObject([{ file: 'My own', message: 'Not all are kept.' }])
  })
})

test('files that were still being read are gone with a worker that failed, and the person is told', () => {
  client.becomeOpen()
  files.add(['1.png', 'long.wav', '2.wav'].map(emptyFile))
  client.emit({
    type: 'files',
    restored: false,
    done: 1.5,
    total: 3,
    finished: false,
    added: [],
    refused: [],
    notices: [],
  })
  client.emit({ type: 'workerFailure', message: 'The GPU is gone.' })
  run.open()
  expect(useFiles.getState()).toMatchObject({ progress: null, notices: [] })
  expect(useFiles.getState().refused.map(({ message }) => message)).toEqual([
    '2 files were still being read when the worker stopped. Add what is missing again.',
  ])
})

describe('a sound that the worker asks for', () => {
  const ask = (request: number, name: string) =>
    client.emit({ type: 'decodeSound', request, file: new Blob(['?']), name, urgent: false })
  const answers = () => client.of('soundRefused').map(({ request, message }) => [request, message])
  const naming = (name: string): unknown => expect.stringContaining(`“${name}”`)

  test('is answered, here with a refusal: Node cannot decode any', async () => {
    ask(3, 'a.wav')
    await vi.waitFor(() => expect(answers()).toEqual([[3, naming('a.wav')]]))
  })

  test('is not answered to the worker that takes the place of that one', async () => {
    ask(0, 'old.wav')
    client.emit({ type: 'workerFailure', message: 'The GPU is gone.' })
    run.open()
    ask(0, 'new.wav')
    await vi.waitFor(() => expect(answers()).not.toEqual([]))
    expect(answers()).toEqual([[0, naming('new.wav')]])
  })

  test('is not answered once it has been dropped', async () => {
    ask(0, 'dropped.wav')
    client.emit({ type: 'dropSound', request: 0 })
    ask(1, 'wanted.wav')
    await vi.waitFor(() => expect(answers()).not.toEqual([]))
    expect(answers()).toEqual([[1, naming('wanted.wav')]])
  })
})

function emptyFile(name: string) {
  return unlabelled(new File([], name))
}
