import { env } from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { transposed, type Gemm, type Matrix } from '../../../../src/ops/webgpu/gemm.ts'

const COMPILE_ONLY = 'WEBGPU_ENGINE_COMPILE_ONLY'

/** Milliseconds since the page was opened. */
let now = 0

beforeEach(() => {
  vi.resetModules() // each test has a clock of its own
  vi.stubGlobal('GPUBufferUsage', { STORAGE: 128 })
  env().registerFlag(COMPILE_ONLY, () => false)
})
afterEach(() => {
  vi.unstubAllGlobals()
  env().set(COMPILE_ONLY, false)
})

/** A clock that moves by so many milliseconds at a time. Whoever looks at it spends a hundredth of one. */
function startClock(tick: number): void {
  now = 0
  vi.stubGlobal('performance', { now: () => Math.floor((now += 0.01) / tick) * tick })
}

/**
 * A GPU that takes some milliseconds for each row of a product, by whatever variant.
 * @returns also what each submit took
 */
function slowGPU(msOfRow: number) {
  const submits: number[] = []
  let rows = 0
  let waiting = 0
  const pass = {
    setPipeline: (pipeline: { rows: number }) => (rows = pipeline.rows),
    setBindGroup: () => undefined,
    dispatchWorkgroups: () => (waiting += rows),
    end: () => undefined,
  }
  const device = {
    features: new Set(),
    pushErrorScope: () => undefined,
    popErrorScope: () => Promise.resolve(null),
    createBuffer: () => ({ destroy: () => undefined }),
    createShaderModule: ({ code }: { code: string }) => ({ rows: Number(/row >= (\d+)u/.exec(code)?.[1]) }),
    createComputePipelineAsync: ({ compute: { module } }: { compute: { module: { rows: number } } }) =>
      Promise.resolve({ ...module, getBindGroupLayout: () => ({}) }),
    createBindGroup: () => ({}),
    createCommandEncoder: () => ({ beginComputePass: () => pass, finish: () => ({}) }),
    queue: {
      submit: () => {
        submits.push(waiting * msOfRow)
        waiting = 0
      },
      onSubmittedWorkDone: () => {
        now += submits.at(-1) ?? 0
        return Promise.resolve()
      },
    },
  } as unknown as GPUDevice
  return { device, submits }
}

const inRows = (rows: number, columns: number): Matrix => ({
  rows,
  columns,
  rowStep: columns,
  columnStep: 1,
})

/** A layer's output `[2048, 512]` of as many inputs: far more than the rows by which the GPU's speed is learnt. */
const LARGE: Gemm = {
  label: 'Linear bias',
  a: inRows(2048, 512),
  b: transposed(inRows(512, 512)),
  epilogue: { inputs: ['bias'], outputs: ['output'], store: 'output[at] = sum + bias[column];' },
}

/** @returns how many products are left */
async function measure(device: GPUDevice): Promise<number> {
  const { awaitsMeasurement, wantedGemms } = await import('../../../../src/ops/webgpu/tuning.ts')
  env().set(COMPILE_ONLY, true)
  awaitsMeasurement({ device }, LARGE, { a: { dataId: {}, shape: [2048, 512], dtype: 'float32' } })
  const { measureWanted } = await import('../../../../src/ops/webgpu/tuningMeasure.ts')
  await measureWanted({ device, real: device })
  return wantedGemms({ device }).length
}

describe('a GPU whose clock is coarse', () => {
  // The 128 rows by which it learns how fast it is take .06 or .6 ms: the clock sees them not at all, or not always.
  test.each([0.0005, 0.005])('is given no long work, though a row takes %f ms', async (ms) => {
    startClock(1)
    const { device, submits } = slowGPU(ms)
    await measure(device)
    expect(submits.length).toBeGreaterThan(3)
    expect(Math.max(...submits)).toBeLessThan(40)
  })

  test('is measured for as long as tells what differs by 7 %', async () => {
    startClock(1)
    const { device, submits } = slowGPU(0.0005)
    await measure(device)
    expect(Math.max(...submits)).toBeGreaterThan(14)
  })

  test('is not measured at all where that would take too long', async () => {
    startClock(16)
    const { device, submits } = slowGPU(0.0005)
    expect(await measure(device)).toBe(1)
    expect(submits).toEqual([])
  })
})
