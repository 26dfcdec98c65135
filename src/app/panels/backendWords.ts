import type { BackendEvent, BackendName } from '../../worker/protocol.ts'

/** How a backend is called, and what it means for a person who waits for it. */
export const BACKENDS: Readonly<Record<BackendName, { readonly title: string; readonly speed: string }>> = {
  webgpu: {
    title: 'WebGPU',
    speed: 'Training runs on the graphics processor through WebGPU, the fastest way a browser has.',
  },
  webgl: {
    title: 'WebGL',
    speed:
      'Training runs on the graphics processor through WebGL: several times slower than WebGPU would be. The small preset still learns in minutes.',
  },
  wasm: {
    title: 'WebAssembly',
    speed:
      'Training runs on the processor: expect it to be tens of times slower than on a graphics processor. The tiny preset suits it.',
  },
  cpu: {
    title: 'Plain JavaScript',
    speed:
      'Training runs in plain JavaScript: it works anywhere, and slowly. Choose the tiny preset, and step by step.',
  },
}

/** Software adapters say so in their description; they are WebGPU in name, but not in speed. */
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i

export function speedOf({ backend, adapter }: BackendEvent): string {
  if (!SOFTWARE.test(adapter)) return BACKENDS[backend].speed
  return 'This browser has no graphics processor to offer and imitates one in software: expect it to be slow. The tiny preset suits it.'
}
