import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { AverageOptions } from '../averageLayers.ts'
import { webgpuKernel } from './kernel.ts'
import { runTogether, type Workers } from './rows.ts'

type Attributes = AverageOptions & {
  /** Which of all layers the first of these is. */
  readonly from: number
}

interface Inputs extends Readonly<Record<string, TensorInfo | undefined>> {
  readonly weights: TensorInfo
  /** `[B, T, D]`: the sum of the layers before these. */
  readonly before?: TensorInfo
}

/** `weights` `[L]`, `layer0`, `layer1`, … `[B, T', D]`, `before` (optional) → `[B, T' − skip, D]` */
export const averageLayersWebGPU = webgpuKernel<Inputs, Attributes>(
  'AverageLayers',
  (gpu, inputs, attributes) => {
    const { weights, before, ...rest } = inputs
    const layers = Object.entries(rest).filter(
      (entry): entry is [string, TensorInfo] => entry[1] !== undefined,
    )
    const [, { shape }] = layers[0]
    const [batch, all, width] = shape
    const tokens = all - attributes.skip
    const average = gpu.makeTensorInfo([batch, tokens, width], 'float32')
    const body = (workers: Workers) => `${rowOf(attributes, tokens, width)}
${workers.each(`average[to + i * stride] = ${before ? 'before[to + i * stride]' : '0.0'};`)}
${layers.map(([name], i) => addLayer(workers, name, `weights[${attributes.from + i}]`, attributes)).join('\n')}`
    const rows = rowsOf(attributes, batch, tokens, width)
    const read = { weights, ...Object.fromEntries(layers), ...(before && { before }) }
    runTogether(gpu, 'AverageLayers', rows, read, { average }, body)
    return average
  },
)

/** A row is what is normalised together: a token's channels, or a channel's tokens. */
function rowsOf({ norm }: Attributes, batch: number, tokens: number, width: number) {
  return norm === 'instance'
    ? { count: batch * width, length: tokens, stride: width }
    : { count: batch * tokens, length: width, stride: 1 }
}

/** Where a row begins: in a layer, `origin`, and in the average, `to`. */
function rowOf({ norm, skip }: Attributes, tokens: number, width: number): string {
  const all = tokens + skip
  if (norm === 'instance')
    return `
let origin = (row / ${width}u * ${all}u + ${skip}u) * ${width}u + row % ${width}u;
let to = row / ${width}u * ${tokens * width}u + row % ${width}u;`
  return `
let origin = (row / ${tokens}u * ${all}u + row % ${tokens}u + ${skip}u) * ${width}u;
let to = row * ${width}u;`
}

function addLayer(
  { each, total }: Workers,
  layer: string,
  weight: string,
  { norm, epsilon }: Attributes,
): string {
  const value = `${layer}[origin + i * stride]`
  if (norm === 'none')
    return `
if (${weight} != 0.0) {
  ${each(`average[to + i * stride] += ${weight} * ${value};`)}
}`
  return `
if (${weight} != 0.0) {
  var sum = 0.0;
  ${each(`sum += ${value};`)}
  let mean = ${total('sum')} / f32(length);
  var squares = 0.0;
  ${each(`let centred = ${value} - mean; squares += centred * centred;`)}
  let scale = ${weight} * inverseSqrt(${total('squares')} / f32(length) + f32(${epsilon}));
  ${each(`average[to + i * stride] += scale * (${value} - mean);`)}
}`
}
