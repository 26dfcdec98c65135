import { afterEach, beforeEach, expect, test } from 'vitest'
import { lossLines } from '../../../../src/app/figures/lossLines.ts'
import { compared, leaveCompared, takeRunRows, useComparedRuns } from '../../../../src/app/store/compared.ts'
import { kept } from '../../../../src/app/store/kept.ts'
import { run } from '../../../../src/app/store/run.ts'
import { byModality } from '../../../../src/config/byModality.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import type { ModalityName } from '../../../../src/config/modalities.ts'
import type { ListedRun } from '../../../../src/worker/protocol.ts'
import { metricRow } from '../../../support/fakeClient.ts'
import { openPage, type FakePage } from '../../../support/fakePage.ts'

let page: FakePage

beforeEach(() => {
  page = openPage()
})
afterEach(() => {
  for (const { run } of useComparedRuns.getState().runs) leaveCompared(run.id)
  page.close()
})

function listed(id: string, modality: ModalityName = 'image'): ListedRun {
  const config = resolveConfig(modality, 'tiny', { lr: 0.001 })
  const counts = { step: 3, loss: 0.5, accuracy: null, begunAt: 0, note: '', keptAt: 0 }
  return { id, modality, preset: 'tiny', config, ...counts, isElsewhere: false }
}

const letters = () => useComparedRuns.getState().runs.map(({ run, letter }) => `${run.id} ${letter}`)

test('each run of a modality gets a letter of its own, which is free again when it is compared no longer', () => {
  for (const id of ['one', 'two', 'three']) compared.toggle(listed(id))
  compared.toggle(listed('sound', 'audio'))
  expect(letters()).toEqual(['one A', 'two B', 'three C', 'sound A'])
  compared.toggle(listed('two'))
  compared.toggle(listed('four'))
  expect(letters()).toEqual(['one A', 'three C', 'sound A', 'four B'])
})

test('no more runs are compared than there are letters', () => {
  for (const id of ['one', 'two', 'three', 'four', 'five']) compared.toggle(listed(id))
  expect(letters()).toHaveLength(4)
})

test('a run that is deleted is compared no longer', () => {
  compared.toggle(listed('one'))
  kept.delete(listed('one'))
  expect(letters()).toEqual([])
})

test('its loss is drawn once the worker has told it, under its letter and its name', () => {
  const lines = () =>
    lossLines(
      [],
      byModality(() => ({
        step: new Float64Array(),
        seconds: new Float64Array(),
        loss: new Float64Array(),
        length: 0,
      })),
      useComparedRuns.getState().runs,
    )
  compared.toggle(listed('one'))
  expect(page.client.of('readRun')).toEqual([{ type: 'readRun', id: 'one' }])
  expect(lines()).toEqual([])
  takeRunRows({ type: 'runRows', id: 'one', rows: [1, 2, 3].map(metricRow), probes: { way: '', rows: [] } })
  expect(lines()).toMatchObject([{ key: 'one', title: 'A', name: 'A, Tiny · Learning rate 0.001' }])
  expect(Array.from(lines()[0].columns.loss)).toEqual([1, 1 / 2, 1 / 3])
})

test('what is compared is read again when another run opens: it may have made more steps', () => {
  compared.toggle(listed('one'))
  run.open()
  expect(page.client.of('readRun').map(({ id }) => id)).toEqual(['one', 'one'])
})
