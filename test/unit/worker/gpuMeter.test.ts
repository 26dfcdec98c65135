import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { BackendError, chooseBackend, deviceRefusals } from '../../../src/engine/backend.ts'
import type { measureGPU } from '../../../src/engine/benchmark/measureGPU.ts'
import { Turns } from '../../../src/engine/turns.ts'
import type { WebGPU } from '../../../src/engine/webgpu.ts'
import { GPUMeter, type MeterOptions } from '../../../src/worker/gpuMeter.ts'
import type { WorkerEvent } from '../../../src/worker/protocol.ts'

type Measure = typeof measureGPU

const REPORT = { adapter: 'a GPU', features: {}, rows: [], kernels: null, measuring: null }

let events: WorkerEvent[]

beforeAll(async () => {
  await chooseBackend('cpu', () => undefined)
})

beforeEach(() => {
  events = []
})

/** The turns of a GPU, on a machine without one. */
class TurnsElsewhere extends Turns {
  override lease() {
    return super.lease('cpu')
  }
}

/** A meter of a GPU that is only said to be there. */
function create(measure: Measure, more: Partial<MeterOptions> = {}): GPUMeter {
  return new GPUMeter({
    turns: new TurnsElsewhere(),
    emit: (event) => events.push(event),
    onLost: () => undefined,
    open: () => Promise.resolve({} as WebGPU),
    measure,
    ...more,
  })
}

/** Measures until it is told to stop. */
function endless() {
  return vi.fn<Measure>(
    (_, report, signal) =>
      new Promise((resolve) => {
        report({ ...REPORT, measuring: 'tiny' })
        signal.addEventListener('abort', () => {
          report(REPORT)
          resolve()
        })
      }),
  )
}

test('two clicks measure once, and one stop ends it', async () => {
  const measure = endless()
  const meter = create(measure)
  const first = meter.handle({ type: 'measureGPU' })
  await meter.handle({ type: 'measureGPU' })
  await expect.poll(() => events).toHaveLength(1)
  await meter.handle({ type: 'stopMeasuring' })
  await first
  expect(measure).toHaveBeenCalledOnce()
  expect(events).toMatchObject([{ measuring: 'tiny' }, { measuring: null }])
})

test('what is stopped while it waits for its turn is stopped when it comes', async () => {
  const turns = new TurnsElsewhere()
  const open: (() => void)[] = []
  void turns.take(() => new Promise<void>((resolve) => open.push(resolve)))
  const measure = vi.fn<Measure>(() => Promise.resolve())
  const meter = create(measure, { turns })
  const asked = meter.handle({ type: 'measureGPU' })
  await meter.handle({ type: 'stopMeasuring' })
  open[0]()
  await asked
  expect(measure.mock.calls[0][2].aborted).toBe(true)
})

test('after one that ended, or failed, it measures anew', async () => {
  const measure = vi.fn<Measure>(() => Promise.resolve())
  measure.mockRejectedValueOnce(new Error('The GPU is on fire.'))
  const meter = create(measure)
  await meter.handle({ type: 'measureGPU' })
  await meter.handle({ type: 'measureGPU' })
  await meter.handle({ type: 'stopMeasuring' })
  await meter.handle({ type: 'measureGPU' })
  expect(measure).toHaveBeenCalledTimes(3)
  expect(measure.mock.calls.map(([, , signal]) => signal.aborted)).toEqual([false, false, false])
  expect(events).toEqual([{ type: 'gpuFailure', message: 'The GPU is on fire.' }])
})

test('what the GPU refused of one measuring is not held against the next', async () => {
  const seen: (string | undefined)[] = []
  const meter = create(async ({ device }) => {
    await device.take(() => {
      if (seen.length === 0) (deviceRefusals() as string[]).push('Out of memory')
      return Promise.resolve()
    })
    seen.push(device.refusal())
  })
  await meter.handle({ type: 'measureGPU' })
  await meter.handle({ type: 'measureGPU' })
  expect(seen).toEqual(['Out of memory', undefined])
})

test('without WebGPU it says why, and nothing of the settings of a run', async () => {
  const meter = create(endless(), {
    open: () => Promise.reject(new BackendError('This browser has no WebGPU.')),
  })
  for (const type of ['describeGPU', 'measureGPU'] as const) await meter.handle({ type })
  const message = expect.stringMatching(/^This browser has no WebGPU\. Only .* another browser/) as string
  expect(events).toEqual([
    { type: 'gpuFailure', message },
    { type: 'gpuFailure', message },
  ])
})
