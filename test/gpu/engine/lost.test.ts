import { expect, test } from 'vitest'
import { lossTold } from '../../../src/engine/webgpu.ts'

test('a device tells that it is lost before it says that its work is done, though a read fails at once', async () => {
  const device = await (await navigator.gpu.requestAdapter())?.requestDevice()
  if (device === undefined) throw new Error('There is no GPU.')
  const told: string[] = []
  void device.lost.then(() => told.push('lost'))
  const buffer = device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ })
  const read = buffer.mapAsync(GPUMapMode.READ).catch(() => told.push('read'))
  device.destroy()
  await read
  await lossTold(device.queue)
  expect(told).toEqual(['read', 'lost'])
})
