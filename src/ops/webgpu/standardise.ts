import type { TensorInfo } from '@tensorflow/tfjs-core'
import { rowsAlong, runOverRows } from './rows.ts'
import { webgpuKernel } from './kernel.ts'

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
    const body = `
var mean = 0.0;
for (var i = 0u; i < length; i++) { mean += x[at(i)]; }
mean /= f32(length);
var variance = 0.0;
for (var i = 0u; i < length; i++) { let centred = x[at(i)] - mean; variance += centred * centred; }
let factor = inverseSqrt(variance / f32(length) + f32(${epsilon}));
for (var i = 0u; i < length; i++) { y[at(i)] = (x[at(i)] - mean) * factor; }
scale[row] = factor;`
    runOverRows(gpu, 'Standardise', rowsAlong(x.shape, axis), { x }, { y, scale }, body)
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
    const body = `
var meanDy = 0.0;
var meanProduct = 0.0;
for (var i = 0u; i < length; i++) { meanDy += dy[at(i)]; meanProduct += dy[at(i)] * y[at(i)]; }
meanDy /= f32(length);
meanProduct /= f32(length);
for (var i = 0u; i < length; i++) { dx[at(i)] = (dy[at(i)] - meanDy - y[at(i)] * meanProduct) * scale[row]; }`
    runOverRows(gpu, 'StandardiseGrad', rowsAlong(y.shape, axis), { dy, y, scale }, { dx }, body)
    return dx
  },
)
