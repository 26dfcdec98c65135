import type { Tools } from '../../src/modalities/kind.ts'

/** What only a browser can do, and a test that does not need it does without. */
export const NO_TOOLS: Tools = {
  fetchFile: () => Promise.reject(new Error('no site')),
  decodePixels: () => Promise.reject(new Error('no pictures')),
  decodeSquare: () => Promise.reject(new Error('no pictures')),
  decodeSound: () => Promise.reject(new Error('no sounds')),
}
