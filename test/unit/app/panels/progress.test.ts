import { afterEach, beforeEach, expect, test } from 'vitest'
import { progressOf } from '../../../../src/app/panels/progress.ts'
import { run } from '../../../../src/app/store/run.ts'
import { runOf } from '../../../../src/app/store/runState.ts'
import type { FakeClient } from '../../../support/fakeClient.ts'
import { openPage } from '../../../support/fakePage.ts'

let client: FakeClient
let close: () => void

beforeEach(() => {
  ;({ client, close } = openPage())
})

afterEach(() => close())

const progress = () => progressOf(runOf('image'))
const state = (phase: 'paused' | 'finished' | 'failed', step: number) =>
  client.say({ type: 'state', phase, step, weights: 1, samples: 1 })

test('a tab tells a run that has begun from one that has not, and one that is done from both', () => {
  run.train() // waits until the run is open
  expect(progress()).toBe('Training')
  run.pause()
  client.becomeOpen()
  expect(progress()).toBeNull()
  client.trainTo(5)
  expect(progress()).toBe('Training')
  state('paused', 5)
  expect(progress()).toBe('Paused')
  state('finished', 9)
  expect(progress()).toBe('Finished')
  state('failed', 9)
  expect(progress()).toBeNull()
})
