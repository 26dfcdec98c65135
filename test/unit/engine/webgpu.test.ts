import { afterEach, describe, expect, test, vi } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'

const ENOUGH = {
  maxStorageBuffersPerShaderStage: 10,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupStorageSize: 32768,
  maxComputeWorkgroupsPerDimension: 65535,
  maxStorageBufferBindingSize: 2 ** 30,
}

const ADAPTER_INFO = { vendor: 'example', architecture: 'one', device: '', description: '' }

afterEach(() => {
  vi.unstubAllGlobals()
})

/** What the browser offers as `navigator.gpu`. */
function stubGPU(gpu: unknown) {
  vi.stubGlobal('navigator', { gpu })
}

function stubAdapter(adapter: unknown) {
  stubGPU({ requestAdapter: () => Promise.resolve(adapter) })
}

describe('WebGPU is refused with its reason', () => {
  const refusal = () => chooseBackend('webgpu', () => undefined)

  test('where the browser has none', async () => {
    stubGPU(undefined)
    await expect(refusal()).rejects.toThrow(
      /no WebGPU.*Chrome.*Safari.*Firefox.*Set “Backend” to “The fastest there is”/,
    )
  })

  test('where there is no adapter', async () => {
    stubAdapter(null)
    await expect(refusal()).rejects.toThrow(/offers no GPU/)
  })

  test('where a limit is too low, which it names', async () => {
    stubAdapter({ limits: { ...ENOUGH, maxComputeInvocationsPerWorkgroup: 128 } })
    await expect(refusal()).rejects.toThrow(/maxComputeInvocationsPerWorkgroup is 128, and 256 is needed/)
  })

  test('where the device cannot be had', async () => {
    stubAdapter({
      limits: ENOUGH,
      features: new Set(),
      requestDevice: () => Promise.reject(new Error('out of memory')),
    })
    await expect(refusal()).rejects.toThrow(/could not be opened for WebGPU: out of memory/)
  })
})

describe('a GPU that goes away later', () => {
  test('is reported with the reason that the browser gives', async () => {
    let lose: (info: unknown) => void = () => undefined
    const device = {
      lost: new Promise((resolve) => (lose = resolve)),
      queue: {},
      features: new Set<string>(),
    }
    stubAdapter({
      limits: ENOUGH,
      features: new Set(),
      info: ADAPTER_INFO,
      requestDevice: () => Promise.resolve(device),
    })
    const lost = new Promise<string>((resolve) => {
      // Nothing can be computed on this device: only what becomes of it matters here.
      chooseBackend('webgpu', resolve).catch(() => undefined)
    })
    lose({ reason: 'unknown', message: 'the driver was reset' })
    expect(await lost).toBe('the driver was reset')
  })
})
