import * as tf from '@tensorflow/tfjs-core'
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import { hastenProducts } from '../ops/wasm/products.ts'
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'

/** Starts the WebAssembly backend; the bundler has copied its three binaries, of which the browser fetches one. */
export async function startWasm(): Promise<string> {
  if (typeof WebAssembly === 'undefined') throw new Error('This browser has no WebAssembly.')
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': threaded,
  })
  if (!(await tf.setBackend('wasm')))
    throw new Error('The WebAssembly program of TensorFlow.js could not be loaded. Reload the page.')
  hastenProducts()
  return ''
}
