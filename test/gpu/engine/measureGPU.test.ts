import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'
import type { GPUReport } from '../../../src/engine/benchmark/gpuReport.ts'
import { measureGPU } from '../../../src/engine/benchmark/measureGPU.ts'
import { webgpuInUse, type WebGPU } from '../../../src/engine/webgpu.ts'

let gpu: WebGPU

beforeAll(async () => {
  await chooseBackend('webgpu', () => undefined)
  const inUse = webgpuInUse()
  if (inUse === undefined) throw new Error('WebGPU is not in use.')
  gpu = inUse
})

test('the smallest preset is measured first, can be all that is, and leaves nothing behind', async () => {
  const { numTensors } = tf.memory()
  const reports: GPUReport[] = []
  const stop = new AbortController()
  await measureGPU(
    gpu,
    (report) => {
      reports.push(report)
      if (report.rows.length > 0) stop.abort()
    },
    stop.signal,
  )
  expect(reports[0]).toMatchObject({ adapter: gpu.adapter, measuring: 'tiny', rows: [] })
  const last = reports[reports.length - 1]
  expect(last.measuring).toBeNull()
  expect(last.rows).toMatchObject([{ preset: 'tiny', stockMs: null }])
  const figures = last.rows[0].engine
  expect(figures).toMatchObject({ submits: 1 })
  expect(figures?.dispatches).toBeLessThanOrEqual(200)
  for (const figure of [figures?.stepMs, figures?.samplesPerSecond, figures?.gflops, figures?.gpuMb])
    expect(figure).toBeGreaterThan(0)
  expect(tf.memory().numTensors).toBe(numTensors)
})

test('what is stopped before it begins measures nothing', async () => {
  const reports: GPUReport[] = []
  await measureGPU(gpu, (report) => reports.push(report), AbortSignal.abort())
  expect(reports).toMatchObject([{ measuring: null, rows: [] }])
})
