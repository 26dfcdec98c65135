import { expect, test } from 'vitest'
import { countGPU, type GPUClasses } from '../../bench/counters.ts'

function classes() {
  class GPUBuffer {
    readonly size: number
    readonly label = ''
    constructor(size: number) {
      this.size = size
    }
    destroy() {
      return undefined
    }
  }
  class GPUDevice {
    createBuffer({ size }: { size: number }) {
      return new GPUBuffer(size)
    }
  }
  class GPUQueue {
    readonly submitted: unknown[] = []
    submit(buffers: unknown) {
      this.submitted.push(buffers)
    }
  }
  class GPUComputePassEncoder {
    dispatchWorkgroups() {
      return undefined
    }
    dispatchWorkgroupsIndirect() {
      return undefined
    }
  }
  return { GPUBuffer, GPUDevice, GPUQueue, GPUComputePassEncoder }
}

test('calls are counted and still made', () => {
  const made = classes()
  const counters = countGPU(made as unknown as GPUClasses)
  const queue = new made.GPUQueue()
  const pass = new made.GPUComputePassEncoder()
  queue.submit(['one'])
  pass.dispatchWorkgroups()
  pass.dispatchWorkgroups()
  pass.dispatchWorkgroupsIndirect()
  expect(counters).toMatchObject({ submits: 1, dispatches: 3 })
  expect(queue.submitted).toEqual([['one']])
})

test('buffers count until they are destroyed, once each', () => {
  const made = classes()
  const counters = countGPU(made as unknown as GPUClasses)
  const device = new made.GPUDevice()
  const large = device.createBuffer({ size: 100 })
  large.destroy()
  large.destroy()
  device.createBuffer({ size: 20 })
  expect(counters).toMatchObject({ bytes: 20, peakBytes: 100 })
})
