import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import { sumColumns } from './columns.ts'
import { webgpuKernel } from './kernel.ts'
import { rowsAlong, runOverRows } from './rows.ts'

const rowsOf = ({ shape }: TensorInfo) => rowsAlong(shape, shape.length - 1)

/**
 * `x` `[…, D]`, `gain` and `bias` `[D]` → `[y, moments [N, 2]]`: (x − mean) · scale · gain + bias, and mean and scale =
 * 1/√(variance + ε) of each of the N rows.
 */
export const layerNormWebGPU = webgpuKernel<
  Record<'x' | 'gain' | 'bias', TensorInfo>,
  { readonly epsilon: number }
>('LayerNorm', (gpu, { x, gain, bias }, { epsilon }) => {
  const rows = rowsOf(x)
  const y = gpu.makeTensorInfo(x.shape, 'float32')
  const moments = gpu.makeTensorInfo([rows.count, 2], 'float32')
  const body = `
var mean = 0.0;
for (var i = 0u; i < length; i++) { mean += x[at(i)]; }
mean /= f32(length);
var variance = 0.0;
for (var i = 0u; i < length; i++) { let centred = x[at(i)] - mean; variance += centred * centred; }
let scale = inverseSqrt(variance / f32(length) + f32(${epsilon}));
for (var i = 0u; i < length; i++) { y[at(i)] = (x[at(i)] - mean) * scale * gain[i] + bias[i]; }
moments[row * 2u] = mean;
moments[row * 2u + 1u] = scale;`
  runOverRows(gpu, 'LayerNorm', rows, { x, gain, bias }, { y, moments }, body)
  return [y, moments]
})

/** The gradient in `x`. */
export const layerNormGradInputWebGPU = webgpuKernel<Record<'dy' | 'x' | 'gain' | 'moments', TensorInfo>>(
  'LayerNormGradInput',
  (gpu, { dy, x, gain, moments }) => {
    const dx = gpu.makeTensorInfo(x.shape, 'float32')
    const body = `
let mean = moments[row * 2u];
let scale = moments[row * 2u + 1u];
var meanDy = 0.0;
var meanProduct = 0.0;
for (var i = 0u; i < length; i++) {
  let d = dy[at(i)] * gain[i];
  meanDy += d;
  meanProduct += d * (x[at(i)] - mean) * scale;
}
meanDy /= f32(length);
meanProduct /= f32(length);
for (var i = 0u; i < length; i++) {
  let normed = (x[at(i)] - mean) * scale;
  dx[at(i)] = (dy[at(i)] * gain[i] - meanDy - normed * meanProduct) * scale;
}`
    runOverRows(gpu, 'LayerNormGradInput', rowsOf(x), { dy, x, gain, moments }, { dx }, body)
    return dx
  },
)

/** `[dgain, dbias]`, both in one dispatch. */
export const layerNormGradAffineWebGPU = webgpuKernel<Record<'dy' | 'x' | 'moments', TensorInfo>>(
  'LayerNormGradAffine',
  (gpu, { dy, x, moments }) => {
    const width = x.shape[x.shape.length - 1]
    const dgain = gpu.makeTensorInfo([width], 'float32')
    const dbias = gpu.makeTensorInfo([width], 'float32')
    const rows = util.sizeFromShape([...x.shape]) / width
    sumColumns(gpu, 'LayerNormGradAffine', { rows, columns: width }, { dy, x, moments }, { dgain, dbias }, [
      'dy[at] * (x[at] - moments[row * 2u]) * moments[row * 2u + 1u]',
      'dy[at]',
    ])
    return [dgain, dbias]
  },
)
