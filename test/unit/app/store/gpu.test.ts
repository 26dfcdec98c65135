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
  useGPU.setState({ report: null, failure: null, activity: 'none' })
  ;({ client, close } = openPage(() => experiment.loadLink('#preset=tiny', () => false)))
})

afterEach(() => close())

const asked = () => client.sent.map(({ type }) => type)

test('a GPU is asked for once, and measured as often as one likes, but once at a time', () => {
  gpu.describe()
  client.emit(REPORT)
  gpu.describe()
  gpu.measure()
  expect(useGPU.getState().activity).toBe('measuring') // before the worker has said so
  gpu.measure()
  client.emit({ ...REPORT, measuring: 'tiny' })
  gpu.measure()
  client.emit(REPORT)
  expect(useGPU.getState()).toMatchObject({ report: { adapter: 'a GPU' }, activity: 'none' })
  gpu.measure()
  expect(asked()).toEqual(['restoreFiles', 'open', 'listRuns', 'describeGPU', 'measureGPU', 'measureGPU'])
})

test('only what goes on is stopped, and it is stopped once', () => {
  client.emit(REPORT)
  gpu.stop()
  gpu.measure()
  gpu.stop()
  client.emit({ ...REPORT, measuring: 'tiny' }) // said before the worker heard of it
  gpu.stop()
  expect(useGPU.getState().activity).toBe('stopping')
  client.emit(REPORT)
  expect(useGPU.getState().activity).toBe('none')
  expect(asked()).toEqual(['restoreFiles', 'open', 'listRuns', 'measureGPU', 'stopMeasuring'])
})

test('a failure keeps what is known and ends the measuring', () => {
  client.emit(REPORT)
  gpu.measure()
  client.emit({ ...REPORT, measuring: 'small' })
  client.emit({ type: 'gpuFailure', message: 'The GPU refused the work.' })
  expect(useGPU.getState()).toMatchObject({
    report: { measuring: null },
    failure: 'The GPU refused the work.',
    activity: 'none',
  })
})

test('with its worker the measuring ends, and with it what failed because of that', () => {
  client.emit(REPORT)
  gpu.measure()
  client.emit({ ...REPORT, measuring: 'small' })
  client.emit({ type: 'gpuFailure', message: 'mapAsync: the device is lost' })
  client.emit({ type: 'workerFailure', message: 'The browser lost the GPU.' })
  expect(useGPU.getState()).toMatchObject({ report: { measuring: null }, failure: null, activity: 'none' })
  run.open()
  gpu.measure()
  expect(asked().filter((type) => type === 'measureGPU')).toHaveLength(2)
})
