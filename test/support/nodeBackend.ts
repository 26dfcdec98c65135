import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { registerWasmKernels } from '../../src/ops/wasm/register.ts'
import { startWebGPU } from '../../src/engine/webgpu.ts'

export const NODE_BACKENDS = ['cpu', 'wasm', 'webgpu'] as const
export type NodeBackend = (typeof NODE_BACKENDS)[number]

/** Makes tfjs compute on a backend in Node. Throws a sentence that says what is missing. */
export async function useBackend(name: NodeBackend): Promise<void> {
  tf.enableProdMode() // no advice to install another backend
  await PREPARE[name]()
  if (!(await tf.setBackend(name))) throw new Error(`The ${name} backend could not be started.`)
  await tf.ready()
}

const PREPARE: Record<NodeBackend, () => Promise<unknown>> = {
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
  wasm: async () => {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
    setWasmPaths('node_modules/@tensorflow/tfjs-backend-wasm/dist/')
    registerWasmKernels()
  },
  webgpu: async () => {
    await offerWebGPU()
    await startWebGPU(() => undefined)
  },
}

/** Gives Node what a browser has: WebGPU by Dawn, on the driver that the environment names. */
export async function offerWebGPU(): Promise<void> {
  const { create, globals } = await import('webgpu')
  Object.assign(globalThis, globals)
  const gpu = create([])
  if ((await gpu.requestAdapter()) === null)
    throw new Error('No WebGPU adapter: install a Vulkan driver, or name one in VK_DRIVER_FILES.')
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true })
}
