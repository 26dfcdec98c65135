import { chooseBackend } from '../../src/engine/backend.ts'
import { webgpuInUse, type WebGPU } from '../../src/engine/webgpu.ts'

/** Makes tfjs compute on WebGPU in the browser of the tests; all of them share the device. */
export async function useWebGPU(): Promise<WebGPU> {
  await chooseBackend('webgpu', () => undefined)
  const gpu = webgpuInUse()
  if (gpu === undefined) throw new Error('WebGPU is not in use.')
  return gpu
}
