import type { TensorInfo } from '@tensorflow/tfjs-core'
import { webgpuKernel } from './kernel.ts'
import { rowsAlong, runTogether, type Workers } from './rows.ts'

interface Attributes {
  readonly axis: number
  readonly epsilon: number
}

/** `x` → `[y, scale]`: (x − mean) · scale along an axis, with scale = 1/√(variance + ε) for each row. */
export const standardiseWebGPU = webgpuKernel<Record<string, TensorInfo>, Attributes>(
  'Standardise',
  (gpu, inputs, attributes) => {
    const { axis, epsilon } = attributes
    const { x } = inputs
    const y = gpu.makeTensorInfo(x.shape, 'float32')
    const scale = gpu.makeTensorInfo(
      x.shape.map((length, i) => (i === axis ? 1 : length)),
      'float32',
    )
    const body = ({ each, total, once }: Workers) => `
var sum = 0.0;
${each('sum += x[at(i)];')}
let mean = ${total('sum')} / f32(length);
var squares = 0.0;
${each('let centred = x[at(i)] - mean; squares += centred * centred;')}
let factor = inverseSqrt(${total('squares')} / f32(length) + f32(${epsilon}));
${each('y[at(i)] = (x[at(i)] - mean) * factor;')}
${once('scale[row] = factor;')}`
    runTogether(gpu, 'Standardise', rowsAlong(x.shape, axis), { x }, { y, scale }, body)
    return [y, scale]
  },
)

/** The gradient of the above in `x`. */
export const standardiseGradWebGPU = webgpuKernel<Record<string, TensorInfo>, Attributes>(
  'StandardiseGrad',
  (gpu, inputs, attributes) => {
    const { axis } = attributes
    const { dy, y, scale } = inputs
    const dx = gpu.makeTensorInfo(y.shape, 'float32')
    const body = ({ each, total }: Workers) => `
var sum = 0.0;
var products = 0.0;
${each('sum += dy[at(i)]; products += dy[at(i)] * y[at(i)];')}
let meanDy = ${total('sum')} / f32(length);
let meanProduct = ${total('products')} / f32(length);
${each('dx[at(i)] = (dy[at(i)] - meanDy - y[at(i)] * meanProduct) * scale[row];')}`
    runTogether(gpu, 'StandardiseGrad', rowsAlong(y.shape, axis), { dy, y, scale }, { dx }, body)
    return dx
  },
)
