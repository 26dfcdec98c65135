import * as tf from '@tensorflow/tfjs-core'
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import { registerWasmKernels } from '../ops/wasm/register.ts'

/** Starts the WebAssembly backend; the bundler has copied its binaries, of which the browser fetches one. */
export async function startWasm(): Promise<string> {
  if (typeof WebAssembly === 'undefined') throw new Error('This browser has no WebAssembly.')
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  // Its threads, to be had on sites that are isolated from others, run their program's own source text, which a bundler
  // has shortened: they die of it, and the worker with them.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': simd, // has to be named, and is never fetched
  })
  if (!(await tf.setBackend('wasm')))
    throw new Error('The WebAssembly program of TensorFlow.js could not be loaded. Reload the page.')
  registerWasmKernels()
  return ''
}
