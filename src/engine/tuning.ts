import { exportChoices, importChoices, settleWanted, wantedGemms } from '../ops/webgpu/tuning.ts'
import { measureWanted } from '../ops/webgpu/tuningMeasure.ts'
import { hasQuads } from '../ops/webgpu/quads.ts'
import { worksInTeams } from '../ops/webgpu/teams.ts'
import { checkQuads } from './checkQuads.ts'
import { recall, remember } from './choices.ts'
import { measureTeams } from './measureTeams.ts'
import type { OnPrepared } from './stepper.ts'
import type { WebGPU } from './webgpu.ts'

const prepared = new WeakSet<GPUDevice>()

/** Finds out how kernels are to be written here, and takes what earlier visits have measured. Once for each device. */
export async function prepareDevice(gpu: WebGPU): Promise<void> {
  const { device } = gpu.capturing
  if (prepared.has(device)) return
  await checkQuads(gpu.capturing)
  await measureTeams(gpu)
  importChoices(device, await recall(nameOf(gpu)))
  prepared.add(device)
}

/**
 * Measures how the matrix products that a step was found to need are computed fastest on this adapter, and remembers it.
 * @returns whether there was anything to measure: the step then needs other pipelines than it seemed to
 */
export async function tune(gpu: WebGPU, onProgress: OnPrepared): Promise<boolean> {
  const { backend, capturing } = gpu
  if (wantedGemms(backend).length === 0) return false
  await measureWanted(capturing, {
    onProgress: (done, total) => onProgress({ stage: 'measuring', done, total }),
  })
  settleWanted(capturing)
  await remember(nameOf(gpu), exportChoices(capturing.device))
  return true
}

/** Raised when a kernel is written otherwise: what was measured of it holds no longer. */
const KERNELS_VERSION = 2

/**
 * What choices are remembered by: they hold for one way of writing the kernels on one adapter. Where the browser does not
 * say which adapter it is, it is taken for the one of the last visit: nothing is wrong with the choices for another, they
 * are only slower.
 */
function nameOf({ adapter, capturing: { device } }: WebGPU): string {
  const written = `${worksInTeams(device) ? 'teams' : 'threads'}${hasQuads(device) ? ', quads' : ''}`
  return `${adapter}; ${written}; kernels ${KERNELS_VERSION}`
}
