import { util } from '@tensorflow/tfjs-core'
import { rowsAlong, runOverRows } from './rows.ts'
import { webgpuKernel } from './kernel.ts'

/** `[…, D]` → `[D]`: the sum over all axes but the last. */
export const sumRowsWebGPU = webgpuKernel('SumRows', (gpu, inputs) => {
  const { x } = inputs
  const width = x.shape[x.shape.length - 1]
  const size = util.sizeFromShape([...x.shape])
  const total = gpu.makeTensorInfo([width], 'float32')
  const body = `
var sum = 0.0;
for (var i = 0u; i < length; i++) { sum += x[at(i)]; }
total[row] = sum;`
  runOverRows(gpu, 'SumRows', rowsAlong([size / width, width], 0), { x }, { total }, body)
  return total
})
