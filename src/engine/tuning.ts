import { exportChoices, importChoices, settleWanted, wantedGemms } from '../ops/webgpu/tuning.ts'
import { measureWanted } from '../ops/webgpu/tuningMeasure.ts'
import { recall, remember } from './choices.ts'
import { measureTeams } from './measureTeams.ts'
import type { OnPrepared } from './stepper.ts'
import type { WebGPU } from './webgpu.ts'

const prepared = new WeakSet<GPUDevice>()

/** Takes what earlier visits have measured on this adapter. Once for each device. */
export async function prepareDevice(gpu: WebGPU): Promise<void> {
  const { device } = gpu.capturing
  if (prepared.has(device)) return
  prepared.add(device)
  await measureTeams(gpu)
  importChoices(device, await recall(gpu.adapter))
}

/**
 * Measures how the matrix products that a step was found to need are computed fastest on this adapter, and remembers it.
 * @returns whether there was anything to measure: the step then needs other pipelines than it seemed to
 */
export async function tune(
  { backend, capturing, adapter }: WebGPU,
  onProgress: OnPrepared,
): Promise<boolean> {
  if (wantedGemms(backend).length === 0) return false
  await measureWanted(capturing, {
    onProgress: (done, total) => onProgress({ stage: 'measuring', done, total }),
  })
  settleWanted(capturing)
  await remember(adapter, exportChoices(capturing.device))
  return true
}
