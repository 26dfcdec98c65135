import { afterEach, expect, test, vi } from 'vitest'
import { CapturedStepper } from '../../../src/engine/capture/capturedStepper.ts'
import { noiseSteps } from '../../support/noiseSteps.ts'
import { useWebGPU } from '../../support/webgpu.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

test('a replayed step tells what each of its dispatches took', async () => {
  const gpu = await useWebGPU()
  let stepper: CapturedStepper | undefined
  const { next, dispose, ...steps } = noiseSteps('image', (learner, layout, batchSize) => {
    stepper = new CapturedStepper(gpu, learner, layout, batchSize)
    return stepper
  })
  await steps.stepper.prepare(() => undefined)
  const { loss } = await next()
  const begun = performance.now()
  const times = await stepper?.program.profile()
  const all = performance.now() - begun
  expect(times?.map(({ label }) => label)).toEqual(stepper?.program.labels)
  const sum = times?.reduce((total, { ms }) => total + ms, 0)
  expect(sum).toBeGreaterThan(0)
  expect(sum).toBeLessThan(all)
  expect((await next()).loss).not.toBe(loss)

  // What a profile takes it gives back, even if its times cannot be read.
  const destroyed = vi.spyOn(GPUBuffer.prototype, 'destroy')
  const forgotten = vi.spyOn(GPUQuerySet.prototype, 'destroy')
  vi.spyOn(GPUBuffer.prototype, 'mapAsync').mockRejectedValueOnce(new Error('lost'))
  await expect(stepper?.program.profile()).rejects.toThrow('lost')
  expect(destroyed).toHaveBeenCalledTimes(2)
  expect(forgotten).toHaveBeenCalledOnce()
  dispose()
})
