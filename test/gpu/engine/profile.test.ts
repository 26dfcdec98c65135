import { expect, test } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { CapturedStepper } from '../../../src/engine/capture/capturedStepper.ts'
import { webgpuInUse } from '../../../src/engine/webgpu.ts'
import { noiseSteps } from '../../support/noiseSteps.ts'

test('a replayed step tells what each of its dispatches took', async () => {
  await chooseBackend('webgpu', () => undefined)
  const gpu = webgpuInUse()
  if (gpu === undefined) throw new Error('WebGPU is not in use.')
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
  dispose()
})
