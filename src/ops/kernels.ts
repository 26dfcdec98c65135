import {
  engine,
  getBackend,
  getKernel,
  type KernelConfig,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core'

/** Whether the backend in use has a fused kernel of this name; where it has none, operations take their plain form. */
export function hasKernel(name: string): boolean {
  return (getKernel(name, getBackend()) as KernelConfig | undefined) !== undefined
}

export function runKernel(name: string, inputs: NamedTensorMap): Tensor {
  return engine().runKernel(name, inputs)
}
