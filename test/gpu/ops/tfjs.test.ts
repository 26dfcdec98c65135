import * as tf from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { webgpuInUse } from '../../../src/engine/webgpu.ts'
import { bufferOf } from '../../../src/ops/webgpu/dispatch.ts'
import {
  emptyPool,
  encoderOf,
  flush,
  lieIn,
  settlePipelines,
  withBuffers,
  type BufferSource,
} from '../../../src/ops/webgpu/tfjs.ts'
import { partOf, viewOf } from '../../../src/ops/webgpu/views.ts'
import { dependencies } from '../../../package.json'

let backend: WebGPUBackend

beforeAll(async () => {
  await chooseBackend('webgpu', () => undefined)
  backend = tf.backend() as unknown as WebGPUBackend
})

afterEach(() => {
  vi.restoreAllMocks()
})

test('the version whose inside we know is the one that is installed', () => {
  expect(tf.version_core).toBe('4.22.0')
  expect(dependencies['@tensorflow/tfjs-backend-webgpu']).toBe('4.22.0')
})

describe('what we rely on inside tfjs’s WebGPU backend', () => {
  test('its encoder holds back what it is asked, until it is flushed', async () => {
    flush(backend)
    const submit = vi.spyOn(GPUQueue.prototype, 'submit')
    const x = tf.add(tf.tensor1d([1, 2]), 1)
    const copy = backend.device.createBuffer({
      size: 8,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    })
    encoderOf(backend).copyBufferToBuffer(bufferOf(backend, x), 0, copy, 0, 8)
    expect(submit).not.toHaveBeenCalled()
    flush(backend)
    flush(backend) // nothing waits any more
    expect(submit).toHaveBeenCalledOnce()
    await copy.mapAsync(GPUMapMode.READ)
    expect([...new Float32Array(copy.getMappedRange())]).toEqual([2, 3])
    copy.destroy()
  })

  test('its programs that are only compiled are promises, and one that was refused is compiled anew', async () => {
    const compileOnly = (work: () => tf.Tensor) => {
      tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', true)
      work().dispose()
      tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', false)
    }
    const ones = tf.ones([3])
    const refuse = vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync')
    refuse.mockRejectedValueOnce(new Error('refused'))
    compileOnly(() => tf.tan(ones))
    compileOnly(() => tf.sinh(ones))
    expect(refuse).toHaveBeenCalledTimes(2)
    await settlePipelines(backend)
    const compile = vi.spyOn(GPUDevice.prototype, 'createComputePipeline')
    expect((await tf.tan(ones).data())[0]).toBeCloseTo(Math.tan(1))
    expect((await tf.sinh(ones).data())[0]).toBeCloseTo(Math.sinh(1))
    expect(compile).toHaveBeenCalledOnce()
    // All tests share the device, and the next to prepare a step would be told.
    await expect(webgpuInUse()?.capturing.compiled(() => undefined)).rejects.toThrow('refused')
  })

  test('it takes its buffers from, and gives them back to, whoever stands in for its pool', () => {
    flush(backend)
    const held = new Set<GPUBuffer>()
    const source: BufferSource = {
      acquireBuffer: (size, usage, mappedAtCreation = false) => {
        const buffer = backend.device.createBuffer({ size, usage, mappedAtCreation })
        held.add(buffer)
        return buffer
      },
      releaseBuffer: (buffer) => {
        held.delete(buffer)
        buffer.destroy()
      },
    }
    const { numBytesAllocatedInGPU } = backend.memory()
    const most = withBuffers(backend, source, () => {
      const sum = tf.tidy(() => tf.add(tf.zeros([1234]), tf.ones([1234])))
      const count = held.size
      sum.dispose()
      flush(backend)
      return count
    })
    expect(most).toBeGreaterThanOrEqual(3)
    expect(held.size).toBe(0)
    expect(backend.memory().numBytesAllocatedInGPU).toBe(numBytesAllocatedInGPU)
  })

  test('its pool keeps what was given back, until it is emptied', async () => {
    emptyPool(backend)
    const before = backend.memory().numBytesAllocatedInGPU
    const kept = tf.add(tf.tensor1d([1, 2]), 1)
    tf.tidy(() => void tf.add(tf.zeros([1234]), tf.ones([1234])))
    flush(backend)
    expect(backend.memory().numBytesAllocatedInGPU).toBeGreaterThan(before + 3 * 4 * 1234)
    const destroy = vi.spyOn(GPUBuffer.prototype, 'destroy')
    emptyPool(backend)
    expect(destroy.mock.calls.length).toBeGreaterThanOrEqual(3)
    expect([...(await tf.mul(kept, 2).data())]).toEqual([4, 6])
    tf.dispose(kept)
    emptyPool(backend)
    expect(backend.memory().numBytesAllocatedInGPU).toBeLessThan(before + 4 * 1234)
  })

  test('a tensor can lie in a part of another, sees it change, and leaves it alone when it goes', async () => {
    const whole = tf.tensor1d(Array.from({ length: 128 }, (_, i) => i))
    const buffer = bufferOf(backend, whole)
    const info = backend.makeTensorInfo([3], 'float32')
    lieIn(backend, info.dataId, viewOf(buffer, 256, 12))
    const view = tf.engine().makeTensorFromTensorInfo(info)
    expect(partOf(bufferOf(backend, view))).toEqual({ buffer, offset: 256 })
    expect([...(await view.data())]).toEqual([64, 65, 66])
    expect([...(await tf.add(view, 1).data())]).toEqual([65, 66, 67])

    backend.device.queue.writeBuffer(bufferOf(backend, view), 4, Float32Array.of(-1))
    expect([...(await view.data())]).toEqual([64, -1, 66])
    view.dispose()
    expect((await whole.data())[65]).toBe(-1)
    whole.dispose()
  })
})
