import { afterEach, beforeEach, expect, test } from 'vitest'
import { experiment, formOf, shownModality } from '../../../../src/app/store/experiment.ts'
import { useFiles } from '../../../../src/app/store/files.ts'
import { kept, useKept } from '../../../../src/app/store/kept.ts'
import { run } from '../../../../src/app/store/run.ts'
import { runOf } from '../../../../src/app/store/runState.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import type { ModalityName } from '../../../../src/config/modalities.ts'
import type { ListedRun } from '../../../../src/worker/protocol.ts'
import { openPage, settle, type FakePage } from '../../../support/fakePage.ts'

let page: FakePage

beforeEach(() => {
  page = openPage()
})
afterEach(() => {
  page.close()
})

function listed(id: string, modality: ModalityName = 'image', more: Partial<ListedRun> = {}): ListedRun {
  const config = resolveConfig(modality, 'tiny', { lr: 0.001 })
  const counts = { step: 12, loss: 0.5, accuracy: null, begunAt: 0, note: '', keptAt: 0 }
  return { id, modality, preset: 'tiny', config, ...counts, isElsewhere: false, ...more }
}

const list = (...runs: ListedRun[]) => page.client.emit({ type: 'runs', runs })
const offered = (modality: ModalityName = 'image') => useKept.getState().offered[modality]?.id

test('the newest run of each modality that no other tab has is offered when the page opens', () => {
  list(
    listed('taken', 'image', { isElsewhere: true }),
    listed('new'),
    listed('sound', 'audio'),
    listed('old'),
  )
  expect([offered('image'), offered('audio'), offered('text')]).toEqual(['new', 'sound', undefined])
})

test('what is declined, deleted, or followed by a newer run is not offered any more', () => {
  list(listed('one'))
  kept.decline('image')
  expect(offered()).toBeUndefined()
  list(listed('one')) // what is asked for later brings no offer back
  expect(offered()).toBeUndefined()
})

test('what another tab has opened or deleted since is not offered any more', () => {
  list(listed('one'), listed('sound', 'audio'))
  list(listed('one', 'image', { isElsewhere: true }))
  expect([offered('image'), offered('audio')]).toEqual([undefined, undefined])
})

test('a run that is kept stands first in the list, and ends the offer', () => {
  list(listed('old'))
  page.client.becomeOpen()
  page.client.say({ type: 'kept', kept: listed('mine') })
  expect(useKept.getState().runs?.map(({ id }) => id)).toEqual(['mine', 'old'])
  expect(runOf('image').kept?.id).toBe('mine')
  expect(offered()).toBeUndefined()
})

test('the run before stays at hand for one that cannot be opened, through more than one of them', () => {
  page.client.becomeOpen()
  page.client.say({ type: 'kept', kept: listed('mine') })
  for (const batchSize of [512, 256]) {
    run.openWith({ batchSize })
    page.client.say({ type: 'failure', message: 'Too much.', instead: { batchSize: batchSize / 2 } })
    expect(runOf('image')).toMatchObject({ phase: 'failed', kept: null, before: 'mine' })
  }
  const sizes = page.client.of('open').map(({ config }) => config.batchSize)
  expect(sizes.slice(1)).toEqual([512, 256])
  expect(formOf('image').overrides).toMatchObject({ batchSize: 256 })
  run.goOn(listed('mine'))
  expect(page.client.of('open').at(-1)).toMatchObject({ goOn: 'mine' })
})

test('the run before is the one that is kept when it is closed, too', () => {
  page.client.becomeOpen()
  run.open()
  page.client.say({ type: 'kept', kept: listed('late') }, 'image', 1)
  expect(runOf('image').before).toBe('late')
})

test('going on takes the form to the run’s settings, and opens that run in its tab', () => {
  const sound = listed('sound', 'audio')
  list(sound)
  run.goOn(sound)
  settle()
  expect(shownModality()).toBe('audio')
  expect(formOf('audio')).toMatchObject({ preset: 'tiny', overrides: { lr: 0.001 } })
  expect(page.client.of('open').filter(({ modality }) => modality === 'audio')).toMatchObject([
    { goOn: 'sound', preset: 'tiny', config: sound.config },
  ])
})

test('a kept run that opens stays that run, whatever is turned meanwhile', () => {
  run.goOn(listed('one'), 'train')
  page.client.say({ type: 'state', phase: 'opening', step: 0, weights: 0, samples: 0 })
  experiment.setField('batchSize', 8)
  settle()
  run.train()
  expect(page.client.of('open').at(-1)).toMatchObject({ goOn: 'one' })
  page.client.say({ type: 'state', phase: 'paused', step: 12, weights: 1, samples: 1 })
  expect(page.client.askedOf('image').at(-1)).toBe('train')
})

test('a kept run that cannot be opened gives way to a new one as soon as something is turned', () => {
  run.goOn(listed('one'))
  page.client.say({ type: 'failure', message: 'It is damaged.' })
  experiment.setField('batchSize', 8)
  settle()
  expect(page.client.of('open').at(-1)?.goOn).toBeUndefined()
})

test('training that was asked for goes on once the run is open, whichever its step', () => {
  run.goOn(listed('one'), 'train')
  page.client.say({ type: 'state', phase: 'opening', step: 0, weights: 0, samples: 0 })
  page.client.say({ type: 'state', phase: 'paused', step: 12, weights: 1, samples: 1 })
  expect(page.client.askedOf('image').at(-1)).toBe('train')
  page.client.say({ type: 'state', phase: 'paused', step: 15, weights: 1, samples: 1 })
  expect(page.client.of('train')).toHaveLength(1)
})

test('a finished run has nothing to go on to', () => {
  run.goOn(listed('one'), 'train')
  page.client.say({ type: 'state', phase: 'opening', step: 0, weights: 0, samples: 0 })
  page.client.say({ type: 'state', phase: 'finished', step: 12, weights: 1, samples: 1 })
  expect(page.client.of('train')).toHaveLength(0)
  expect(runOf('image').whenOpen).toBeNull()
})

test('a deletion can be taken back', () => {
  const one = listed('one')
  list(one)
  kept.delete(one)
  expect(page.client.of('deleteRun')).toMatchObject([{ id: 'one' }])
  expect(offered()).toBeUndefined()
  list()
  kept.undelete()
  expect(page.client.of('recallRun')).toMatchObject([{ id: 'one' }])
  expect(useKept.getState().deleted).toBeNull()
})

test('a run is said to be deleted once it is, and does not come back by a checkpoint that was under way', () => {
  const [one, other] = [listed('one'), listed('other')]
  list(one, other)
  page.client.becomeOpen()
  kept.delete(one)
  list(one, other) // an answer to what was asked before
  expect(useKept.getState().deleted).toBeNull()
  list(other)
  expect(useKept.getState().deleted?.id).toBe('one')
  page.client.say({ type: 'kept', kept: one })
  expect(useKept.getState().runs?.map(({ id }) => id)).toEqual(['other'])
})

test('a run that comes in as a file is shown until it is gone on with', () => {
  const sound = listed('sound', 'audio')
  page.client.emit({ type: 'imported', run: sound })
  expect(shownModality()).toBe('audio')
  expect(useKept.getState().imported?.id).toBe('sound')
  run.goOn(sound)
  expect(useKept.getState().imported).toBeNull()
  expect(page.client.of('open').at(-1)).toMatchObject({ goOn: 'sound' })
})

test('a file that is no run is listed with those that were refused', () => {
  page.client.emit({ type: 'importRefused', remark: { file: 'a.safetensors', message: 'It is none.' } })
  expect(useFiles.getState().refused).toEqual([{ file: 'a.safetensors', message: 'It is none.' }])
})

test('a run that is not kept says why until it is', () => {
  page.client.becomeOpen()
  page.client.say({ type: 'keepingFailed', message: 'No room.' })
  expect(runOf('image').keepingFailure).toBe('No room.')
  page.client.say({ type: 'kept', kept: listed('mine') })
  expect(runOf('image').keepingFailure).toBeNull()
})

test('after a failure of the worker the run goes on in a fresh one, which is asked for all runs', () => {
  page.client.becomeOpen()
  page.client.say({ type: 'kept', kept: listed('mine') })
  page.client.emit({ type: 'workerFailure', message: 'The GPU is gone.' })
  const { kept: mine } = runOf('image')
  if (mine) run.goOn(mine, 'train')
  expect(page.client.restarts).toBe(1)
  expect(page.client.of('open').at(-1)).toMatchObject({ goOn: 'mine' })
  expect(page.client.of('listRuns')).toHaveLength(2)
})

test('what could not be done with a kept run is said until something else is asked', () => {
  const one = listed('one')
  list(one)
  kept.export(one)
  expect(page.client.of('exportRun')).toMatchObject([{ id: 'one' }])
  page.client.emit({ type: 'keptFailure', message: 'It is damaged.' })
  expect(useKept.getState().failure).toBe('It is damaged.')
  kept.delete(one)
  expect(useKept.getState().failure).toBeNull()
})

test('the last steps of a run are in the list although the next run is open already', () => {
  page.client.becomeOpen()
  run.open()
  page.client.say({ type: 'kept', kept: listed('before', 'image', { step: 99 }) }, 'image', 1)
  expect(useKept.getState().runs).toMatchObject([{ id: 'before', step: 99 }])
  expect(runOf('image').kept).toBeNull()
})
