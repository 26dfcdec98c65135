/** What was asked of the GPU through WebGPU's interface, whoever asked. */
export class GPUCounters {
  dispatches = 0
  submits = 0
  /** Bytes of the buffers that are there. */
  bytes = 0
  /** The most that `bytes` was since it was last set. */
  peakBytes = 0

  allocate(size: number): void {
    this.bytes += size
    this.peakBytes = Math.max(this.peakBytes, this.bytes)
  }
}

/** The part of WebGPU's interface that is counted: its classes, or what stands in for them. */
export interface GPUClasses {
  readonly GPUQueue: { readonly prototype: Pick<GPUQueue, 'submit'> }
  readonly GPUComputePassEncoder: {
    readonly prototype: Pick<GPUComputePassEncoder, 'dispatchWorkgroups' | 'dispatchWorkgroupsIndirect'>
  }
  readonly GPUDevice: { readonly prototype: Pick<GPUDevice, 'createBuffer'> }
  readonly GPUBuffer: { readonly prototype: Pick<GPUBuffer, 'destroy' | 'size'> }
}

/**
 * Counts all calls from now on, on the classes themselves, so that whichever library makes them is counted alike.
 * A buffer that is left to the garbage collector counts as there.
 */
export function countGPU(classes: GPUClasses): GPUCounters {
  const counters = new GPUCounters()
  const alive = new WeakSet()
  const { GPUQueue, GPUComputePassEncoder, GPUDevice, GPUBuffer } = classes
  before(GPUQueue.prototype, 'submit', () => (counters.submits += 1))
  before(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => (counters.dispatches += 1))
  before(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', () => (counters.dispatches += 1))
  before(GPUBuffer.prototype, 'destroy', (buffer) => {
    if (alive.delete(buffer)) counters.bytes -= buffer.size
  })
  const createBuffer = GPUDevice.prototype.createBuffer
  GPUDevice.prototype.createBuffer = function (this: GPUDevice, descriptor) {
    const buffer = createBuffer.call(this, descriptor)
    alive.add(buffer)
    counters.allocate(descriptor.size)
    return buffer
  }
  return counters
}

/** Does something before each call of a method. */
function before<Name extends string, This extends Record<Name, (...args: never[]) => unknown>>(
  prototype: This,
  name: Name,
  note: (self: This) => void,
): void {
  const method = prototype[name]
  const noting = function (this: This, ...args: never[]): unknown {
    note(this)
    return method.apply(this, args)
  }
  Object.assign(prototype, { [name]: noting })
}
