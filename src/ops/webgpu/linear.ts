import type { TensorInfo } from '@tensorflow/tfjs-core'
import { webgpuKernel } from './kernel.ts'
import { matrixOf, runMatMul, transposed } from './matMul.ts'

/** `input` `[…, in]`, `weight` `[out, in]`, `bias` `[out]` (optional) → `[…, out]`. */
export const linearWebGPU = webgpuKernel<{ input: TensorInfo; weight: TensorInfo; bias?: TensorInfo }>(
  'Linear',
  (gpu, inputs) => {
    const { input, weight, bias } = inputs
    const [outputs, width] = weight.shape
    const output = gpu.makeTensorInfo([...input.shape.slice(0, -1), outputs], 'float32')
    runMatMul(gpu, matrixOf(input, width), transposed(matrixOf(weight, width)), output, bias)
    return output
  },
)

/** From `dy` `[…, out]`: the gradients `[dinput, dweight]`. */
export const linearGradWebGPU = webgpuKernel('LinearGrad', (gpu, inputs) => {
  const { dy, input, weight } = inputs
  const [outputs, width] = weight.shape
  const dinput = gpu.makeTensorInfo(input.shape, 'float32')
  const dweight = gpu.makeTensorInfo(weight.shape, 'float32')
  const gradient = matrixOf(dy, outputs)
  runMatMul(gpu, gradient, matrixOf(weight, width), dinput)
  runMatMul(gpu, transposed(gradient), matrixOf(input, width), dweight)
  return [dinput, dweight]
})
