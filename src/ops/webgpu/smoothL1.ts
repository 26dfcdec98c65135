import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import { sumColumns } from './columns.ts'
import { webgpuKernel } from './kernel.ts'
import { elementsOf, rowsAlong, runOverRows, runTogether, type Workers } from './rows.ts'

interface Attributes {
  readonly factor: number
}

/** `prediction` and `target` `[B, T, D]`, `beta` a scalar → `[B, T]`, `factor` times the mean over channels. */
export const tokenSmoothL1WebGPU = webgpuKernel<
  Record<'prediction' | 'target' | 'beta', TensorInfo>,
  Attributes
>('TokenSmoothL1', (gpu, inputs, { factor }) => {
  const { shape } = inputs.prediction
  const losses = gpu.makeTensorInfo(shape.slice(0, 2), 'float32')
  const body = ({ each, total, once }: Workers) => `
let limit = beta[0];
var sum = 0.0;
${each(`
  let magnitude = abs(prediction[at(i)] - target_[at(i)]);
  if (limit == 0.0) { sum += magnitude * magnitude; }
  else if (magnitude < limit) { sum += 0.5 * magnitude * magnitude / limit; }
  else { sum += magnitude - 0.5 * limit; }`)}
let loss = ${factor / shape[2]} * ${total('sum')};
${once('losses[row] = loss;')}`
  const { prediction, target, beta } = inputs
  runTogether(
    gpu,
    'TokenSmoothL1',
    rowsAlong(shape, 2),
    { prediction, target_: target, beta },
    { losses },
    body,
  )
  return losses
})

/** `losses` and `mask` `[B, T]` → the mean over the masked tokens, and their number. */
export const maskedMeanWebGPU = webgpuKernel('MaskedMean', (gpu, { losses, mask }) => {
  const mean = gpu.makeTensorInfo([], 'float32')
  const count = gpu.makeTensorInfo([], 'float32')
  const matrix = { rows: util.sizeFromShape([...losses.shape]), columns: 1 }
  const terms = ['losses[at] * mask[at]', 'mask[at]']
  sumColumns(gpu, 'MaskedMean', matrix, { losses, mask }, { mean, count }, terms, [
    'total0 / total1',
    'total1',
  ])
  return [mean, count]
})

/** `dy` and `count` scalars: the gradient of the masked mean in `prediction`. */
export const maskedSmoothL1GradWebGPU = webgpuKernel<
  Record<'dy' | 'prediction' | 'target' | 'mask' | 'beta' | 'count', TensorInfo>,
  Attributes
>('MaskedSmoothL1Grad', (gpu, inputs, { factor }) => {
  const { target, ...read } = inputs
  const { shape } = inputs.prediction
  const gradient = gpu.makeTensorInfo(shape, 'float32')
  const body = `
let error = prediction[row] - target_[row];
let limit = beta[0];
let slope = select(clamp(error / limit, -1.0, 1.0), 2.0 * error, limit == 0.0);
gradient[row] = dy[0] / count[0] * mask[row / ${shape[2]}u] * ${factor / shape[2]} * slope;`
  runOverRows(
    gpu,
    'MaskedSmoothL1Grad',
    elementsOf({ shape } as TensorInfo),
    { ...read, target_: target },
    { gradient },
    body,
  )
  return gradient
})
