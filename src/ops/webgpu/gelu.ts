import { elementsOf, runOverRows } from './rows.ts'
import { webgpuKernel } from './kernel.ts'

/**
 * Φ(u) of a float or a vector `u`, through erf(|u|/√2), by Abramowitz & Stegun 7.1.26 (absolute error below 1.5e-7,
 * about float32's own), which tfjs's erf uses, too.
 */
const DISTRIBUTION = `
  let exponential = exp(-0.5 * u * u);
  let t = 1.0 / (1.0 + 0.3275911 * abs(u) * ${Math.SQRT1_2});
  let series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  let distribution = 0.5 + 0.5 * sign(u) * (1.0 - series * exponential);`

/** Statements that see `u`, a float or a vector of them, and leave `gelu`. */
export const GELU = `${DISTRIBUTION}
  let gelu = u * distribution;`

/** Likewise; they leave `slope`, the derivative Φ(u) + u·φ(u). */
export const GELU_SLOPE = `${DISTRIBUTION}
  let slope = distribution + u * ${1 / Math.sqrt(2 * Math.PI)} * exponential;`

/** x·Φ(x) of each element. */
export const geluWebGPU = webgpuKernel('ExactGelu', (gpu, inputs) => {
  const { x } = inputs
  const y = gpu.makeTensorInfo(x.shape, 'float32')
  const body = `
  let u = x[row];
  ${GELU}
  y[row] = gelu;`
  runOverRows(gpu, 'ExactGelu', elementsOf(x), { x }, { y }, body)
  return y
})

/** Its gradient dy·(Φ(x) + x·φ(x)). */
export const geluGradWebGPU = webgpuKernel('ExactGeluGrad', (gpu, inputs) => {
  const { dy, x } = inputs
  const dx = gpu.makeTensorInfo(x.shape, 'float32')
  const body = `
  let u = x[row];
  ${GELU_SLOPE}
  dx[row] = dy[row] * slope;`
  runOverRows(gpu, 'ExactGeluGrad', elementsOf(x), { dy, x }, { dx }, body)
  return dx
})
