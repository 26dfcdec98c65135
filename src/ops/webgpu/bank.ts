import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import { bufferOf, writableBufferOf } from './dispatch.ts'
import { webgpuKernel } from './kernel.ts'
import { encoderOf, lieIn } from './tfjs.ts'
import { viewOf } from './views.ts'

const FLOAT = 4

interface ViewAttributes {
  readonly shapes: readonly number[][]
  /** In numbers. */
  readonly offsets: readonly number[]
}

/** `flat` `[N]` → tensors of the given shapes that lie in it, and must not outlive it. */
export const viewsWebGPU = webgpuKernel<{ flat: TensorInfo }, ViewAttributes>(
  'Views',
  (gpu, { flat }, { shapes, offsets }) => {
    const whole = bufferOf(gpu, flat)
    return shapes.map((shape, i) => {
      const view = gpu.makeTensorInfo(shape, 'float32')
      lieIn(gpu, view.dataId, viewOf(whole, offsets[i] * FLOAT, util.sizeFromShape(shape) * FLOAT))
      return view
    })
  },
)

interface GatherAttributes {
  readonly offsets: readonly number[]
  readonly length: number
}

/**
 * Many tensors → one `[length]` that has each from its offset on; what lies between them is undefined. By copies, which
 * a captured step does without.
 */
export const gatherWebGPU = webgpuKernel<Readonly<Record<string, TensorInfo>>, GatherAttributes>(
  'Gather',
  (gpu, inputs, { offsets, length }) => {
    const flat = gpu.makeTensorInfo([length], 'float32')
    const target = writableBufferOf(gpu, flat)
    const sources = Object.values(inputs).map((tensor) => bufferOf(gpu, tensor))
    const encoder = encoderOf(gpu)
    sources.forEach((source, i) => {
      encoder.copyBufferToBuffer(source, 0, target, offsets[i] * FLOAT, source.size)
    })
    return flat
  },
)
