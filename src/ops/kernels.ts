import {
  engine,
  getBackend,
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core'

let fused = true

/** Whether the backend in use has a fused kernel of this name; where it has none, operations take their plain form. */
export function hasKernel(name: string): boolean {
  return fused && (getKernel(name, getBackend()) as KernelConfig | undefined) !== undefined
}

/** Runs `work`, to its end at once, with plain forms only: what tfjs does without us, to be measured against. */
export function withoutFusedKernels<Result>(work: () => Result): Result {
  fused = false
  try {
    return work()
  } finally {
    fused = true
  }
}

/** Runs a kernel with one output. */
export function runKernel(name: string, inputs: NamedTensorMap, attributes?: NamedAttrMap): Tensor {
  return engine().runKernel(name, inputs, attributes)
}

/** Runs a kernel with several outputs. */
export function runKernels(name: string, inputs: NamedTensorMap, attributes?: NamedAttrMap): Tensor[] {
  return engine().runKernel(name, inputs, attributes)
}
