import { expect, test } from 'vitest'
import { checkQuads } from '../../../src/engine/checkQuads.ts'
import { hasQuads } from '../../../src/ops/webgpu/quads.ts'
import { useWebGPU } from '../../support/webgpu.ts'

test('quads are used where the adapter has subgroups, and neighbours are quads', async () => {
  const gpu = await useWebGPU()
  await checkQuads(gpu.capturing)
  expect(hasQuads(gpu.capturing.device)).toBe(gpu.capturing.real.features.has('subgroups'))
})

/** A device whose shaders write `written`. */
function deviceThatWrites(written: Uint32Array<ArrayBuffer>): GPUDevice {
  const nothing = () => undefined
  const pass = { setPipeline: nothing, setBindGroup: nothing, dispatchWorkgroups: nothing, end: nothing }
  const buffer = {
    mapAsync: () => Promise.resolve(),
    getMappedRange: () => written.buffer,
    destroy: nothing,
  }
  return {
    features: new Set(['subgroups']),
    pushErrorScope: nothing,
    popErrorScope: () => Promise.resolve(null),
    createShaderModule: nothing,
    createComputePipelineAsync: () => Promise.resolve({ getBindGroupLayout: nothing }),
    createBuffer: () => buffer,
    createBindGroup: nothing,
    createCommandEncoder: () => ({
      beginComputePass: () => pass,
      copyBufferToBuffer: nothing,
      finish: nothing,
    }),
    queue: { submit: nothing },
  } as unknown as GPUDevice
}

test.each([
  ['four neighbours', (thread: number) => thread - (thread % 4), true],
  ['every 64th thread', (thread: number) => thread % 64, false],
])('a device whose quads are %s', async (_, first, usable) => {
  const device = deviceThatWrites(Uint32Array.from({ length: 256 }, (_, thread) => first(thread)))
  await checkQuads({ device, real: device } as Parameters<typeof checkQuads>[0])
  expect(hasQuads(device)).toBe(usable)
})
