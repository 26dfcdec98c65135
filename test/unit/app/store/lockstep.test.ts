import { afterEach, beforeEach, expect, test } from 'vitest'
import { besideOf, takeBeside } from '../../../../src/app/store/beside.ts'
import { compared, leaveCompared, useComparedRuns } from '../../../../src/app/store/compared.ts'
import { experiment } from '../../../../src/app/store/experiment.ts'
import { lockstep } from '../../../../src/app/store/lockstep.ts'
import { run } from '../../../../src/app/store/run.ts'
import { runOf } from '../../../../src/app/store/runState.ts'
import { useKept } from '../../../../src/app/store/kept.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import type { KeptRun } from '../../../../src/worker/protocol.ts'
import { metricRow } from '../../../support/fakeClient.ts'
import { openPage, settle, type FakePage } from '../../../support/fakePage.ts'

let page: FakePage

beforeEach(() => {
  page = openPage(() => experiment.loadLink('#preset=tiny', () => false))
  page.client.becomeOpen()
})
afterEach(() => {
  for (const { run } of useComparedRuns.getState().runs) leaveCompared(run.id)
  page.close()
})

const keptRun: KeptRun = {
  id: 'kept',
  modality: 'image',
  preset: 'tiny',
  config: resolveConfig('image', 'tiny'),
  ...{ step: 3, loss: 0.5, accuracy: null, begunAt: 0, note: '', keptAt: 0 },
}

const opened = () => page.client.of('open').at(-1)

test('pinned settings are opened beside the form’s, on the same samples, with the same seed and probes', () => {
  lockstep.pin()
  const pinned = runOf('image').running?.config
  expect(opened()).toMatchObject({ beside: { preset: 'tiny', config: pinned } })
  page.client.becomeOpen()
  experiment.setField('lr', 0.0001)
  experiment.setField('seed', 9)
  experiment.setField('probeNeighbours', 3)
  settle()
  expect(opened()?.config).toMatchObject({ lr: 0.0001, seed: 9 })
  expect(opened()?.beside?.config).toEqual({ ...pinned, seed: 9, probeNeighbours: 3 })
})

test('where no letter is left nothing is pinned, and the run goes on', () => {
  for (const id of ['one', 'two', 'three', 'four']) compared.toggle({ ...keptRun, id })
  page.client.trainTo(40)
  lockstep.pin()
  expect(runOf('image').number).toBe(1)
  expect(besideOf('image')).toBeUndefined()
})

test('a pinned network of fewer blocks is looked at in its last where that is not among them', () => {
  lockstep.pin()
  page.client.becomeOpen()
  experiment.setField('depth', 6)
  experiment.setField('probeLayer', 5)
  settle()
  expect(opened()?.beside?.config).toMatchObject({ depth: 2, probeLayer: 2 })
})

test('a run that is more than the device can do begins anew alone', () => {
  lockstep.pin()
  lockstep.openAlone()
  expect(opened()).toMatchObject({ run: 3, beside: undefined })
})

test('a run that trains begins anew when its settings are pinned, and trains on', () => {
  page.client.trainTo(40)
  lockstep.pin()
  expect(runOf('image')).toMatchObject({ number: 2, whenOpen: 'train' })
})

test('what the second run says is drawn under its letter, of the newest run only', () => {
  compared.toggle(keptRun)
  lockstep.pin()
  page.client.say({ type: 'beside', said: { type: 'metrics', rows: [metricRow(1), metricRow(2)] } })
  page.client.say({ type: 'beside', said: { type: 'metrics', rows: [metricRow(3)] } }, 'image', 1)
  page.client.say({ type: 'beside', said: { type: 'halted', step: 3, loss: NaN, grad_norm: NaN } })
  expect(besideOf('image')).toMatchObject({ letter: 'B', isLive: true, haltedAt: 3, columns: { length: 2 } })
  run.open()
  expect(besideOf('image')).toMatchObject({ letter: 'B', haltedAt: null, columns: { length: 0 } })
})

test('it is in the list of runs as soon as it is kept, under the same letter', () => {
  lockstep.pin()
  page.client.say({ type: 'beside', said: { type: 'kept', kept: { ...keptRun, id: 'second' } } })
  expect(useKept.getState().runs?.map(({ id }) => id)).toEqual(['second'])
  expect(besideOf('image')).toMatchObject({ letter: 'A', keptAs: 'second' })
  takeBeside('image', { type: 'beside', said: { type: 'probes', probes: { way: 'one', rows: [] } } })
  expect(besideOf('image')?.probes.way).toBe('one')
})

test('the run goes on alone when nothing is pinned any more, and when another is gone on with', () => {
  lockstep.pin()
  lockstep.unpin()
  expect(page.client.askedOf('image').at(-1)).toBe('part')
  expect(besideOf('image')).toBeUndefined()
  lockstep.pin()
  run.goOn(keptRun)
  expect(opened()).toMatchObject({ goOn: 'kept', beside: undefined })
  expect(besideOf('image')).toBeUndefined()
})
