import { afterEach, beforeEach, expect, test } from 'vitest'
import { experiment } from '../../../../src/app/store/experiment.ts'
import { run } from '../../../../src/app/store/run.ts'
import type { FakeClient } from '../../../support/fakeClient.ts'
import { openPage } from '../../../support/fakePage.ts'

let client: FakeClient
let close: () => void

beforeEach(() => {
  ;({ client, close } = openPage(() => experiment.loadLink('#preset=tiny', () => false)))
})

afterEach(() => close())

const VIEW = { sample: 'batch', mask: 0 }
const lastView = () => client.of('inspect').at(-1)?.view

test('drawings are asked for while a figure shows them, and no longer', () => {
  run.see({ drawing: true })
  expect(lastView()).toEqual({ ...VIEW, drawing: true })
  run.see({ drawing: false })
  expect(lastView()).toEqual(VIEW)
})

test('what is in sight is asked of another sample, of a new run and of another modality, too', () => {
  run.see({ drawing: true })
  run.setView({ sample: 5, mask: 1 })
  expect(lastView()).toEqual({ sample: 5, mask: 1, drawing: true })
  run.open()
  expect(client.of('open').at(-1)?.view).toEqual({ sample: 5, mask: 1, drawing: true })
  experiment.show('text')
  expect(client.of('inspect').at(-1)).toMatchObject({ modality: 'image', view: null })
  expect(client.of('open').at(-1)).toMatchObject({ modality: 'text', view: { ...VIEW, drawing: true } })
})
