/** A part of a buffer. */
export interface BufferPart {
  readonly buffer: GPUBuffer
  /** Bytes. */
  readonly offset: number
}

/** Where a binding may begin, in bytes, on every device. */
export const ALIGNMENT = 256

const parts = new WeakMap<GPUBuffer, BufferPart>()

/**
 * A part of a buffer that passes for a buffer of its own, which WebGPU does not have: so each weight can be a tensor
 * while all of them lie in one buffer. The device that we give to tfjs looks through it.
 * @param offset bytes, a multiple of `ALIGNMENT`
 * @param size bytes
 */
export function viewOf(buffer: GPUBuffer, offset: number, size: number): GPUBuffer {
  const view = standIn({ size, usage: buffer.usage, mapState: 'unmapped', label: buffer.label })
  parts.set(view, { buffer, offset })
  return view
}

/** Where the bytes of a buffer really lie. */
export function partOf(buffer: GPUBuffer): BufferPart {
  return parts.get(buffer) ?? { buffer, offset: 0 }
}

/** An object that is a `GPUBuffer` to everybody who asks, but not to the GPU. */
export function standIn(properties: object): GPUBuffer {
  const buffer = Object.create(GPUBuffer.prototype) as GPUBuffer
  Object.defineProperties(buffer, Object.getOwnPropertyDescriptors(properties))
  return buffer
}
