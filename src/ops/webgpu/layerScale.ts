import { util } from '@tensorflow/tfjs-core'
import { sumColumns } from './columns.ts'
import { webgpuKernel } from './kernel.ts'

/** `dy` and `before`, what was scaled, `[…, D]` → the gradient in the scale, `[D]`. */
export const layerScaleGradWebGPU = webgpuKernel('LayerScaleGrad', (gpu, { dy, before }) => {
  const columns = dy.shape[dy.shape.length - 1]
  const dscale = gpu.makeTensorInfo([columns], 'float32')
  const rows = util.sizeFromShape([...dy.shape]) / columns
  sumColumns(gpu, 'LayerScaleGrad', { rows, columns }, { dy, before }, { dscale }, ['dy[at] * before[at]'])
  return dscale
})
