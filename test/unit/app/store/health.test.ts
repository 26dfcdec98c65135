import { afterEach, beforeEach, expect, test } from 'vitest'
import { experiment } from '../../../../src/app/store/experiment.ts'
import { useHealths } from '../../../../src/app/store/health.ts'
import { run } from '../../../../src/app/store/run.ts'
import type { FakeClient } from '../../../support/fakeClient.ts'
import { openPage } from '../../../support/fakePage.ts'
import { pictureSnapshot } from '../../../support/snapshots.ts'

let client: FakeClient
let close: () => void

beforeEach(() => {
  ;({ client, close } = openPage(() => experiment.loadLink('#preset=tiny', () => false)))
  client.becomeOpen()
})
afterEach(() => close())

const show = (step: number, position_std: number) =>
  client.say({ type: 'snapshot', ...pictureSnapshot, step, health: { position_std, effective_rank: 3 } })
const noted = () => useHealths.getState().image.map(({ step, position_std }) => [step, position_std])

test('is kept with each picture, the latest of each step, and forgotten when another run begins', () => {
  show(0, 0.5)
  show(40, 0.4)
  show(40, 0.3) // another sample is shown at the same step
  expect(noted()).toEqual([
    [0, 0.5],
    [40, 0.3],
  ])
  run.open()
  expect(noted()).toEqual([])
})
