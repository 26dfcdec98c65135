import type { TensorInfo } from '@tensorflow/tfjs-core'
import { sumColumns } from './columns.ts'
import { webgpuKernel } from './kernel.ts'
import { elementsOf, runOverRows } from './rows.ts'

/** `tokens` `[B, T, D]`, `mask` `[B, T]`, `maskToken` `[1, D]` → `[B, T, D]` */
export const maskTokensWebGPU = webgpuKernel('MaskTokens', (gpu, { tokens, mask, maskToken }) => {
  const [, , width] = tokens.shape
  const masked = gpu.makeTensorInfo(tokens.shape, 'float32')
  const body = `
masked[row] = select(tokens[row], maskToken[row % ${width}u], mask[row / ${width}u] != 0.0);`
  runOverRows(gpu, 'MaskTokens', elementsOf(tokens), { tokens, mask, maskToken }, { masked }, body)
  return masked
})

/** `tokens` `[B, T, D]`, `mask` `[B, T]` → `[1, D]`: the sum of the masked ones. */
export const sumMaskedWebGPU = webgpuKernel('SumMasked', (gpu, { tokens, mask }) => {
  const [batch, count, columns] = tokens.shape
  const total = gpu.makeTensorInfo([1, columns], 'float32')
  const matrix = { rows: batch * count, columns }
  sumColumns(gpu, 'SumMasked', matrix, { tokens, mask }, { total }, ['mask[row] * tokens[at]'])
  return total
})

/** `tokens` `[B, T, D]`, `factors` `[B, T]` → each token times its factor, or times one minus that. */
export const scaleRowsWebGPU = webgpuKernel<
  Record<'tokens' | 'factors', TensorInfo>,
  { readonly complement: boolean }
>('ScaleRows', (gpu, { tokens, factors }, { complement }) => {
  const [, , width] = tokens.shape
  const scaled = gpu.makeTensorInfo(tokens.shape, 'float32')
  const factor = `factors[row / ${width}u]`
  const body = `
scaled[row] = tokens[row] * ${complement ? `(1.0 - ${factor})` : factor};`
  runOverRows(gpu, 'ScaleRows', elementsOf(tokens), { tokens, factors }, { scaled }, body)
  return scaled
})

interface PlaceInputs {
  readonly tokens: TensorInfo
  readonly positions?: TensorInfo
  readonly cls?: TensorInfo
}

/** `tokens` `[B, T, D]`, `positions` `[T, D]` and `cls` `[1, D]`, both optional → `[B, T (+ 1), D]` */
export const placeTokensWebGPU = webgpuKernel<PlaceInputs>('PlaceTokens', (gpu, inputs) => {
  const { tokens, positions, cls } = inputs
  const [batch, count, width] = tokens.shape
  const skip = cls ? 1 : 0
  const placed = gpu.makeTensorInfo([batch, count + skip, width], 'float32')
  const body = `
let channel = row % ${width}u;
let token = row / ${width}u % ${count + skip}u;
let sample = row / ${(count + skip) * width}u;
${cls ? 'if (token == 0u) { placed[row] = cls[channel]; return; }' : ''}
let place = (token - ${skip}u) * ${width}u + channel;
placed[row] = tokens[sample * ${count * width}u + place]${positions ? ' + positions[place]' : ''};`
  const read = { tokens, ...(positions && { positions }), ...(cls && { cls }) }
  runOverRows(gpu, 'PlaceTokens', elementsOf(placed), read, { placed }, body)
  return placed
})

/** `[B, T + 1, D]` → `[B, T, D]`, without each sample's first token. */
export const withoutFirstWebGPU = webgpuKernel('WithoutFirst', (gpu, { dy }) => {
  const [batch, tokens, width] = dy.shape
  const rest = gpu.makeTensorInfo([batch, tokens - 1, width], 'float32')
  const sample = (tokens - 1) * width
  const body = `
rest[row] = dy[row + (row / ${sample}u + 1u) * ${width}u];`
  runOverRows(gpu, 'WithoutFirst', elementsOf(rest), { dy }, { rest }, body)
  return rest
})

/** `[B, skip + T, D]` → `[T, D]`: the sum over the samples. */
export const sumSamplesWebGPU = webgpuKernel<{ dy: TensorInfo }, { readonly skip: number }>(
  'SumSamples',
  (gpu, { dy }, { skip }) => {
    const [rows, tokens, width] = dy.shape
    const total = gpu.makeTensorInfo([tokens - skip, width], 'float32')
    const matrix = { rows, columns: (tokens - skip) * width }
    const term = `dy[row * ${tokens * width}u + ${skip * width}u + column]`
    sumColumns(gpu, 'SumSamples', matrix, { dy }, { total }, [term])
    return total
  },
)

/** `[B, T, D]` → `[1, D]`: the sum of the samples' first tokens. */
export const sumFirstWebGPU = webgpuKernel('SumFirst', (gpu, { dy }) => {
  const [rows, tokens, columns] = dy.shape
  const total = gpu.makeTensorInfo([1, columns], 'float32')
  sumColumns(gpu, 'SumFirst', { rows, columns }, { dy }, { total }, [
    `dy[row * ${tokens * columns}u + column]`,
  ])
  return total
})
