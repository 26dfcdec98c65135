import { afterEach, beforeEach, expect, test } from 'vitest'
import { experiment } from '../../../../src/app/store/experiment.ts'
import { gpu, useGPU } from '../../../../src/app/store/gpu.ts'
import { run } from '../../../../src/app/store/run.ts'
import type { FakeClient } from '../../../support/fakeClient.ts'
import { openPage } from '../../../support/fakePage.ts'

let client: FakeClient
let close: () => void

const REPORT = {
  type: 'gpuReport',
  adapter: 'a GPU',
  features: {},
  rows: [],
  kernels: null,
  measuring: null,
} as const

beforeEach(() => {
  useGPU.setState({ report: null, failure: null })
  ;({ client, close } = openPage(() => experiment.loadLink('#preset=tiny', () => false)))
})

afterEach(() => close())

test('a GPU is asked for once, and measured as often as one likes', () => {
  gpu.describe()
  client.emit(REPORT)
  gpu.describe()
  gpu.measure()
  gpu.measure()
  expect(client.sent.map(({ type }) => type)).toEqual(['open', 'describeGPU', 'measureGPU', 'measureGPU'])
  expect(useGPU.getState().report).toMatchObject({ adapter: 'a GPU' })
})

test('a failure keeps what is known and ends the measuring', () => {
  client.emit({ ...REPORT, measuring: 'small' })
  client.emit({ type: 'gpuFailure', message: 'The GPU refused the work.' })
  expect(useGPU.getState()).toMatchObject({
    report: { measuring: null },
    failure: 'The GPU refused the work.',
  })
})

test('with its worker the measuring ends', () => {
  client.emit({ ...REPORT, measuring: 'small' })
  client.emit({ type: 'workerFailure', message: 'The browser lost the GPU.' })
  run.open()
  expect(useGPU.getState().report?.measuring).toBeNull()
})
