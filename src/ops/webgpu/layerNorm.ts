import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import { sumColumns } from './columns.ts'
import { webgpuKernel } from './kernel.ts'
import { rowsAlong, runTogether, type Workers } from './rows.ts'

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
  const body = ({ each, total, once }: Workers) => `
var sum = 0.0;
${each('sum += x[at(i)];')}
let mean = ${total('sum')} / f32(length);
var squares = 0.0;
${each('let centred = x[at(i)] - mean; squares += centred * centred;')}
let scale = inverseSqrt(${total('squares')} / f32(length) + f32(${epsilon}));
${each('y[at(i)] = (x[at(i)] - mean) * scale * gain[i] + bias[i];')}
${once('moments[row * 2u] = mean; moments[row * 2u + 1u] = scale;')}`
  runTogether(gpu, 'LayerNorm', rows, { x, gain, bias }, { y, moments }, body)
  return [y, moments]
})

/** The gradient in `x`. */
export const layerNormGradInputWebGPU = webgpuKernel<Record<'dy' | 'x' | 'gain' | 'moments', TensorInfo>>(
  'LayerNormGradInput',
  (gpu, { dy, x, gain, moments }) => {
    const dx = gpu.makeTensorInfo(x.shape, 'float32')
    const body = ({ each, total }: Workers) => `
let mean = moments[row * 2u];
let scale = moments[row * 2u + 1u];
var sum = 0.0;
var products = 0.0;
${each('let d = dy[at(i)] * gain[i]; sum += d; products += d * (x[at(i)] - mean) * scale;')}
let meanDy = ${total('sum')} / f32(length);
let meanProduct = ${total('products')} / f32(length);
${each(`
  let normed = (x[at(i)] - mean) * scale;
  dx[at(i)] = (dy[at(i)] * gain[i] - meanDy - normed * meanProduct) * scale;`)}`
    runTogether(gpu, 'LayerNormGradInput', rowsOf(x), { dy, x, gain, moments }, { dx }, body)
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
