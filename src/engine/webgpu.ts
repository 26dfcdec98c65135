import * as tf from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { MOST_BYTES } from '../config/mostBytes.ts'
import { messageOf } from '../messageOf.ts'
import { emptyPool, flush } from '../ops/webgpu/tfjs.ts'
import { registerFusedKernels } from '../ops/webgpu/register.ts'
import { capturingDevice, type CapturingDevice } from './capture/device.ts'
import { nextTurn } from './turn.ts'

/** What the kernels assume of a device. Each is the least that WebGPU itself promises; compatibility adapters have less. */
const NEEDED_LIMITS = {
  maxStorageBuffersPerShaderStage: 8,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeWorkgroupsPerDimension: 65535,
  maxStorageBufferBindingSize: MOST_BYTES,
} as const satisfies Partial<Record<keyof GPUSupportedLimits, number>>

/** What is asked for where the adapter has it: products that share numbers in a subgroup, and time stamps of kernels. */
const WANTED_FEATURES: readonly GPUFeatureName[] = ['subgroups', 'timestamp-query']

type LimitName = keyof typeof NEEDED_LIMITS

/** A limit that the adapter does not reach, if there is one. */
export function missingLimit(limits: Readonly<Record<LimitName, number>>): string | undefined {
  const names = Object.keys(NEEDED_LIMITS) as LimitName[]
  const short = names.find((name) => limits[name] < NEEDED_LIMITS[name])
  return short && `its ${short} is ${limits[short]}, and ${NEEDED_LIMITS[short]} is needed`
}

/** The backend, and the device through which it reaches the GPU. */
export interface WebGPU {
  readonly backend: WebGPUBackend
  readonly capturing: CapturingDevice
  /** What the browser says of the adapter. */
  readonly adapter: string
}

let running: WebGPU | undefined

/** What the GPU has refused to do so far, in its own words. */
const refusals: string[] = []

/**
 * Starts the WebGPU backend on an adapter that was looked at first, because tfjs keeps the reason of a failure to
 * itself.
 * @returns what the browser says of the adapter
 * @throws an Error whose message is a sentence for the person
 */
export async function startWebGPU(onLost: (reason: string) => void): Promise<string> {
  const adapter = await findAdapter()
  const device = await requestDevice(adapter)
  void device.lost.then(({ reason, message }) => onLost(message || reason))
  device.addEventListener('uncapturederror', ({ error }) => refusals.push(firstLine(error.message)))
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu')
  tf.env().set('WEBGPU_CPU_FORWARD', false) // the path of a step must not depend on where small tensors happen to be
  const capturing = capturingDevice(device)
  const backend = new WebGPUBackend(capturing.device, adapter.info)
  if (tf.engine().backendNames().includes('webgpu')) tf.removeBackend('webgpu')
  tf.registerBackend('webgpu', () => backend)
  running = { backend, capturing, adapter: describe(adapter) }
  registerFusedKernels()
  await tf.setBackend('webgpu')
  return running.adapter
}

/** What was started, if WebGPU is what tfjs computes with now. */
export function webgpuInUse(): WebGPU | undefined {
  return tf.getBackend() === 'webgpu' ? running : undefined
}

/** Hands over what is still queued and resolves when the GPU is done with it. */
export async function finishWebGPU(): Promise<void> {
  if (running === undefined) return
  flush(running.backend)
  await running.backend.queue.onSubmittedWorkDone()
}

/**
 * Resolves once the loss of the device has been told, if it is lost: what is asked of it may fail before that. It answers
 * this only after whatever it had to say before.
 * @param queue of the device; left out, of the one that is in use, if there is one
 */
export async function lossTold(queue: GPUQueue | undefined = running?.backend.queue): Promise<void> {
  await queue?.onSubmittedWorkDone().catch(() => undefined)
  await nextTurn()
}

/** Gives back what tensors that are gone have left for reuse: tensors of another run have other sizes. */
export function freeUnused(): void {
  if (running !== undefined) emptyPool(running.backend)
}

/** What the GPU has refused to do in the life of this worker: too large a buffer, most often. */
export function gpuRefusals(): readonly string[] {
  return refusals
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0].replace(/\.$/, '')
}

async function findAdapter(): Promise<GPUAdapter> {
  // TypeScript takes `gpu` for granted; many browsers still lack it, and all hide it from pages without HTTPS.
  const { gpu } = navigator as { gpu?: GPU }
  if (!gpu)
    throw new Error(
      'This browser has no WebGPU. Chrome and Edge 113, Safari 26 and Firefox 141 or later have it, on pages opened over HTTPS or from this machine.',
    )
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter)
    throw new Error(
      'The browser has WebGPU but offers no GPU for it. Its graphics driver may be blocked, or hardware acceleration switched off in the browser’s settings.',
    )
  const missing = missingLimit(adapter.limits)
  if (missing) throw new Error(`The GPU is too limited for WebGPU training: ${missing}.`)
  return adapter
}

async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const names = Object.keys(NEEDED_LIMITS) as LimitName[]
  const raised = [...names, 'maxBufferSize'] as const
  try {
    return await adapter.requestDevice({
      requiredFeatures: WANTED_FEATURES.filter((name) => adapter.features.has(name)),
      requiredLimits: Object.fromEntries(raised.map((name) => [name, adapter.limits[name]])),
    })
  } catch (error) {
    throw new Error(`The GPU could not be opened for WebGPU: ${messageOf(error)}`, {
      cause: error,
    })
  }
}

/** Empty where the browser says nothing, or is too old to be asked. */
function describe(adapter: GPUAdapter): string {
  const { info } = adapter as { info?: GPUAdapterInfo }
  if (info === undefined) return ''
  const said = [info.vendor, info.architecture, info.description || info.device]
  return said.filter((part) => part !== '').join(' ')
}
