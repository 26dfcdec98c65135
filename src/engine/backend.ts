import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { FIELDS, type Config } from '../config/schema.ts'
import { messageOf } from '../messageOf.ts'
import type { BackendEvent, BackendName, PassedOver } from './reports.ts'
import { finishWebGPU, startWebGPU, gpuRefusals } from './webgpu.ts'

/** From the fastest to the one that always works. */
const ORDER: readonly BackendName[] = ['webgpu', 'webgl', 'wasm', 'cpu']

/** What each started backend says of its hardware. A backend is started once in the life of a worker. */
const started = new Map<BackendName, string>()

type OnLost = (reason: string) => void

/**
 * Makes tfjs compute with the wanted backend, or with the fastest that works here.
 * @param onLost called if the GPU goes away later; nothing can be computed after that
 * @throws a BackendError whose message is for the person, if the one backend that was asked for cannot run
 */
export async function chooseBackend(wanted: Config['backend'], onLost: OnLost): Promise<BackendEvent> {
  const passedOver: PassedOver[] = []
  for (const backend of wanted === 'auto' ? ORDER : [wanted]) {
    try {
      return { type: 'backend', backend, adapter: await start(backend, onLost), passedOver }
    } catch (error) {
      passedOver.push({ backend, reason: messageOf(error) })
    }
  }
  throw new BackendError(passedOver.map(({ reason }) => reason).join(' '))
}

/** No backend that was asked for can run. */
export class BackendError extends Error {
  /** Why, in sentences; the message also says what to do about it in a run. */
  readonly reasons: string

  constructor(reasons: string) {
    const [automatic] = FIELDS.backend.options
    super(`${reasons} Set “${FIELDS.backend.title}” to “${automatic.label}”.`)
    this.reasons = reasons
  }
}

/**
 * Resolves when the device has done all it was asked to so far.
 * @param latest a tensor that comes out of the last of it
 */
export async function deviceIdle(latest: tf.Tensor): Promise<void> {
  if (tf.getBackend() === 'webgpu') await finishWebGPU()
  else await latest.data()
}

/** What devices have refused to compute so far, in their own words. Whose work it was they do not say. */
export function deviceRefusals(): readonly string[] {
  return gpuRefusals()
}

async function start(backend: BackendName, onLost: OnLost): Promise<string> {
  const known = started.get(backend)
  if (known !== undefined) {
    await tf.setBackend(backend)
    return known
  }
  const adapter = await STARTERS[backend](onLost)
  started.set(backend, adapter)
  return adapter
}

/** Each loads its backend only when asked for, and throws a sentence if it cannot run. */
const STARTERS: Readonly<Record<BackendName, (onLost: OnLost) => Promise<string>>> = {
  webgpu: startWebGPU,
  webgl: startWebGL,
  wasm: async () => (await import('./wasm.ts')).startWasm(),
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu')
    await tf.setBackend('cpu')
    return ''
  },
}

async function startWebGL(): Promise<string> {
  const { MathBackendWebGL } = await import('@tensorflow/tfjs-backend-webgl')
  if (!offersWebGL2() || !(await tf.setBackend('webgl')))
    throw new Error(
      'The browser offers no WebGL 2 to a background worker, or only in software, which is slower than WebAssembly.',
    )
  if (!tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'))
    throw new Error('The GPU computes in 16-bit floats with WebGL, which is too coarse to train with.')
  const backend = tf.backend()
  if (!(backend instanceof MathBackendWebGL)) return ''
  const { gl } = backend.getGPGPUContext()
  const unmasked = gl.getExtension('WEBGL_debug_renderer_info')
  return String(gl.getParameter(unmasked ? unmasked.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
}

/** Asks as tfjs would, but without its complaints on the console. */
function offersWebGL2(): boolean {
  const failIfMajorPerformanceCaveat = !tf.env().getBool('SOFTWARE_WEBGL_ENABLED')
  return new OffscreenCanvas(1, 1).getContext('webgl2', { failIfMajorPerformanceCaveat }) !== null
}
