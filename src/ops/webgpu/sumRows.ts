import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core'
import type { GPUBackend } from './dispatch.ts'
import { rowsAlong, runOverRows } from './rows.ts'

/** `[…, D]` → `[D]`: the sum over all axes but the last. */
export const sumRowsWebGPU: KernelConfig = {
  kernelName: 'SumRows',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
    const gpu = backend as unknown as GPUBackend
    const { x } = inputs as Record<string, TensorInfo>
    const width = x.shape[x.shape.length - 1]
    const size = x.shape.reduce((product, length) => product * length, 1)
    const total = gpu.makeTensorInfo([width], 'float32')
    const body = `
  var sum = 0.0;
  for (var i = 0u; i < length; i++) { sum += x[at(i)]; }
  total[row] = sum;`
    runOverRows(gpu, 'SumRows', rowsAlong([size / width, width], 0), { x }, { total }, body)
    return total
  },
}
