import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { GPUReport } from '../../../src/engine/benchmark/gpuReport.ts'
import { measureGPU, type Extent } from '../../../src/engine/benchmark/measureGPU.ts'
import { sole, Turns, type Lease } from '../../../src/engine/turns.ts'
import type { WebGPU } from '../../../src/engine/webgpu.ts'
import { emptyPool } from '../../../src/ops/webgpu/tfjs.ts'
import { useWebGPU } from '../../support/webgpu.ts'

/** Stock TensorFlow.js takes seconds for a step of a whole batch on a software adapter. */
const TINY: Extent = {
  presets: ['tiny'],
  dissected: 'tiny',
  overrides: { batchSize: 2, depth: 1, targetLayers: 1 },
}

let gpu: WebGPU

beforeAll(async () => {
  gpu = await useWebGPU()
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** All reports of one measuring. */
async function measure(extent: Extent, device: Lease = sole(), signal = new AbortController().signal) {
  const reports: GPUReport[] = []
  await measureGPU({ gpu, device }, (report) => reports.push(report), signal, extent)
  return reports
}

test('a preset is measured here and in stock TensorFlow.js, its kernels are told apart, and nothing stays', async () => {
  emptyPool(gpu.backend)
  const { numTensors } = tf.memory()
  const { numBytesAllocatedInGPU } = gpu.backend.memory()
  const [first, ...others] = await measure(TINY)
  expect(first).toMatchObject({ adapter: gpu.adapter, measuring: 'tiny', rows: [] })
  const last = others[others.length - 1]
  expect(last).toMatchObject({
    measuring: null,
    rows: [{ preset: 'tiny', engine: { submits: 1 }, stock: expect.any(Number) as number }],
  })
  const [{ engine, stock }] = last.rows
  if ('why' in engine) throw new Error(engine.why)
  expect(engine.dispatches).toBeLessThanOrEqual(200)
  for (const figure of [engine.stepMs, engine.samplesPerSecond, engine.gflops, engine.gpuMb])
    expect(figure).toBeGreaterThan(0)
  expect(stock).toBeGreaterThan(0)
  expect(last.kernels?.preset).toBe('tiny')
  expect(last.kernels?.times.reduce((sum, { dispatches }) => sum + dispatches, 0)).toBe(engine.dispatches)

  expect(tf.memory().numTensors).toBe(numTensors)
  expect(gpu.backend.memory().numBytesAllocatedInGPU).toBe(numBytesAllocatedInGPU)
  expect(tf.getBackend()).toBe('webgpu')
  expect(tf.env().getBool('WEBGPU_CPU_FORWARD')).toBe(false)
  expect(tf.engine().backendNames()).not.toContain('stock-webgpu')
})

test('a step that the GPU refuses is not shown as a fast one, larger presets are not tried, and the next time is new', async () => {
  const turns = new Turns()
  const { real } = gpu.capturing
  const createBuffer = real.createBuffer.bind(real)
  const create = vi.spyOn(GPUDevice.prototype, 'createBuffer').mockImplementation((descriptor) => {
    const size = descriptor.label === 'arena' ? real.limits.maxBufferSize + 4 : descriptor.size
    return createBuffer({ ...descriptor, size })
  })
  const refused = await measure({ ...TINY, presets: ['tiny', 'base'] }, turns.lease('webgpu'))
  const engine = { why: 'refused', said: expect.stringMatching(/size/i) as string }
  const row = { preset: 'tiny', engine, stock: null }
  expect(refused.map(({ measuring, rows }) => ({ measuring, rows }))).toEqual([
    { measuring: 'tiny', rows: [] },
    { measuring: 'tiny', rows: [row] },
    { measuring: null, rows: [row] },
  ])

  create.mockRestore()
  const stop = new AbortController()
  const next: GPUReport[] = []
  const note = (report: GPUReport) => {
    next.push(report)
    if (report.rows.length > 0) stop.abort()
  }
  await measureGPU({ gpu, device: turns.lease('webgpu') }, note, stop.signal, TINY)
  expect(next[1].rows[0].engine).toHaveProperty('stepMs')
})

test('where the browser has no second device, the engine’s step is measured all the same', async () => {
  vi.spyOn(GPU.prototype, 'requestAdapter').mockResolvedValue(null)
  const reports = await measure({ ...TINY, dissected: 'base' })
  const [row] = reports[reports.length - 1].rows
  expect(row.engine).toHaveProperty('stepMs')
  expect(row.stock).toEqual({ why: 'refused', said: 'The browser offers no GPU.' })
})

test('each step is made in a turn of its own, and what is stopped in one of them leaves nothing', async () => {
  const { numTensors } = tf.memory()
  const stop = new AbortController()
  let turns = 0
  const device: Lease = {
    ...sole(),
    take: (work) => {
      if (++turns === 3) stop.abort()
      return work()
    },
  }
  const reports = await measure(TINY, device, stop.signal)
  expect(turns).toBe(3)
  expect(reports).toMatchObject([
    { measuring: 'tiny', rows: [] },
    { measuring: null, rows: [] },
  ])
  expect(tf.memory().numTensors).toBe(numTensors)
})

test('what is stopped before it begins measures nothing', async () => {
  expect(await measure(TINY, sole(), AbortSignal.abort())).toMatchObject([{ measuring: null, rows: [] }])
})
