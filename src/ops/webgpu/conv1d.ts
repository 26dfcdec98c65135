import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { GPUBackend } from './tfjs.ts'
import { webgpuKernel } from './kernel.ts'
import { sumInto } from './sumRows.ts'
import { forEachOf, runOverTiles, tilingOf, type Tiling } from './tiles.ts'
import { each } from './wgsl.ts'

interface Attributes {
  readonly stride: number
  readonly groups: number
  /** Zeros before and after the input. */
  readonly before: number
  readonly after: number
}

interface Sizes {
  readonly batch: number
  readonly length: number
  readonly channels: number
  readonly steps: number
  readonly outputs: number
  readonly taps: number
  /** Channels and outputs of one group. */
  readonly groupChannels: number
  readonly groupOutputs: number
  readonly stride: number
  readonly before: number
}

function sizesOf(
  input: TensorInfo,
  weight: TensorInfo,
  { stride, groups, before, after }: Attributes,
): Sizes {
  const [batch, length, channels] = input.shape
  const [outputs, groupChannels, taps] = weight.shape
  const steps = Math.floor((before + length + after - taps) / stride) + 1
  const groupOutputs = outputs / groups
  return { batch, length, channels, steps, outputs, taps, groupChannels, groupOutputs, stride, before }
}

/** `input` `[B, N, C]`, `weight` `[O, C/g, k]`, `bias` `[O]` (optional) → `[B, N', O]` */
export const conv1dWebGPU = webgpuKernel<
  { input: TensorInfo; weight: TensorInfo; bias?: TensorInfo },
  Attributes
>('Conv1d', (gpu, inputs, attributes) => {
  const { input, weight, bias } = inputs
  const sizes = sizesOf(input, weight, attributes)
  const { batch, steps, outputs, groupOutputs } = sizes
  const output = gpu.makeTensorInfo([batch, steps, outputs], 'float32')
  const tiling = tilingOf(gpu, batch * steps, outputs, 0, groupOutputs)
  runOverTiles(gpu, 'Conv1d', tiling, { input, weight, ...(bias && { bias }) }, output, {
    sums: forwardSums(sizes, tiling),
    store: (row, column, sum) =>
      `output[${row} * ${outputs}u + ${column}] = ${bias ? `${sum} + bias[${column}]` : sum};`,
  })
  return output
})

/** A row is a step of one sample, a column an output; the columns of a tile are of one group. */
function forwardSums(sizes: Sizes, tiling: Tiling): string {
  const { batch, length, channels, steps, taps, groupChannels, groupOutputs, stride, before } = sizes
  const { tileRows, tileColumns } = tiling
  return `
  let first = column / ${groupOutputs}u * ${groupChannels}u; // channel of the group
  // Past the edge the last row is read again, and not written.
  ${each(tileRows, (r) => `let row${r} = min(row + ${r}u, ${batch * steps - 1}u);`)}
  for (var tap = 0u; tap < ${taps}u; tap++) {
    ${each(
      tileRows,
      (r) => `let place${r} = i32(row${r} % ${steps}u * ${stride}u + tap) - ${before};
    let keep${r} = place${r} >= 0 && place${r} < ${length};
    let from${r} = (row${r} / ${steps}u * ${length}u + u32(clamp(place${r}, 0, ${length - 1}))) * ${channels}u + first;`,
    )}
    ${each(tileColumns, (c) => `let filter${c} = (column + ${c}u) * ${groupChannels * taps}u + tap;`)}
    for (var i = 0u; i < ${groupChannels}u; i++) {
      ${each(tileRows, (r) => `let x${r} = select(0.0, input[from${r} + i], keep${r});`)}
      ${each(tileColumns, (c) => `let w${c} = weight[filter${c} + i * ${taps}u];`)}
      ${forEachOf(tiling, (r, c) => `sum${r}${c} = fma(x${r}, w${c}, sum${r}${c});`)}
    }
  }`
}

/** From `dy` `[B, N', O]`: the gradients `[dinput, dweight]`. */
export const conv1dGradWebGPU = webgpuKernel<Record<'dy' | 'input' | 'weight', TensorInfo>, Attributes>(
  'Conv1dGrad',
  (gpu, { dy, input, weight }, attributes) => {
    const sizes = sizesOf(input, weight, attributes)
    return [inputGradient(gpu, dy, input, weight, sizes), weightGradient(gpu, dy, input, weight, sizes)]
  },
)

/**
 * A column is a channel, a row a place of the input. Which taps met a place depends on its remainder by the stride, so
 * rows run through the places of one remainder after those of another: all rows of a tile have the same taps.
 */
function inputGradient(
  gpu: GPUBackend,
  dy: TensorInfo,
  input: TensorInfo,
  weight: TensorInfo,
  sizes: Sizes,
): TensorInfo {
  const { batch, length, channels, groupChannels, stride } = sizes
  const dinput = gpu.makeTensorInfo(input.shape, 'float32')
  const run = Math.ceil(length / stride / 4) * 4 // places of one remainder, in whole tiles
  const tiling = tilingOf(gpu, batch * stride * run, channels, run, groupChannels)
  const sample = (row: string) => `${row} / ${stride * run}u`
  const place = (row: string) => `(${row} % ${run}u * ${stride}u + ${row} / ${run}u % ${stride}u)`
  runOverTiles(gpu, 'Conv1dGradInput', tiling, { dy, weight }, dinput, {
    sums: inputGradientSums(sizes, tiling, place, sample),
    store: (row, column, sum) => `if (${place(row)} < ${length}u) {
      output[(${sample(row)} * ${length}u + ${place(row)}) * ${channels}u + ${column}] = ${sum};
    }`,
  })
  return dinput
}

function inputGradientSums(
  sizes: Sizes,
  tiling: Tiling,
  place: (row: string) => string,
  sample: (row: string) => string,
): string {
  const { steps, outputs, taps, groupChannels, groupOutputs, stride, before } = sizes
  const { tileRows, tileColumns } = tiling
  return `
  let group = column / ${groupChannels}u;
  let inGroup = column % ${groupChannels}u;
  let first = group * ${groupOutputs}u; // output of the group
  let earliest = ${place('row')} + ${before}u;
  for (var tap = earliest % ${stride}u; tap < ${taps}u; tap += ${stride}u) {
    // The step at which the tap met the place; the difference is a multiple of the stride, also below zero.
    let step = (i32(earliest) - i32(tap)) / ${stride};
    ${each(
      tileRows,
      (r) => `let keep${r} = step + ${r} >= 0 && step + ${r} < ${steps};
    let from${r} = (${sample('row')} * ${steps}u + u32(clamp(step + ${r}, 0, ${steps - 1}))) * ${outputs}u + first;`,
    )}
    for (var i = 0u; i < ${groupOutputs}u; i++) {
      let taken = ((first + i) * ${groupChannels}u + inGroup) * ${taps}u + tap;
      ${each(tileRows, (r) => `let d${r} = select(0.0, dy[from${r} + i], keep${r});`)}
      ${each(tileColumns, (c) => `let w${c} = weight[taken + ${c * taps}u];`)}
      ${forEachOf(tiling, (r, c) => `sum${r}${c} = fma(d${r}, w${c}, sum${r}${c});`)}
    }
  }`
}

/** Samples are split into at most so many parts, each with a gradient of its own… */
const MOST_PARTS = 64
/** … which together have no more numbers than this: 16 MiB. Large gradients have threads enough without parts. */
const MOST_NUMBERS = 2 ** 22

/** One gradient for each part of the samples, and then their sum: enough threads, and one order of adding. */
function weightGradient(
  gpu: GPUBackend,
  dy: TensorInfo,
  input: TensorInfo,
  weight: TensorInfo,
  sizes: Sizes,
): TensorInfo {
  const { batch, outputs, taps, groupChannels, groupOutputs } = sizes
  const size = outputs * groupChannels * taps
  const most = Math.max(1, Math.min(MOST_PARTS, Math.floor(MOST_NUMBERS / size)))
  const samples = Math.ceil(batch / most) // of a part
  const parts = Math.ceil(batch / samples)
  const partial = gpu.makeTensorInfo([parts, size], 'float32')
  const tiling = tilingOf(gpu, parts * outputs, taps * groupChannels, groupOutputs, 0)
  runOverTiles(gpu, 'Conv1dGradWeight', tiling, { dy, input }, partial, {
    sums: weightGradientSums(sizes, tiling, samples),
    store: (row, column, sum) =>
      `output[(${row} * ${groupChannels}u + ${column} % ${groupChannels}u) * ${taps}u + ${column} / ${groupChannels}u] = ${sum};`,
  })
  const dweight = gpu.makeTensorInfo(weight.shape, 'float32')
  sumInto(gpu, partial, parts, dweight)
  gpu.disposeData(partial.dataId)
  return dweight
}

/** A row is an output of one part of the samples, a column a tap and a channel; the rows of a tile are of one group. */
function weightGradientSums(sizes: Sizes, tiling: Tiling, samples: number): string {
  const { batch, length, channels, steps, outputs, taps, groupChannels, groupOutputs, stride, before } = sizes
  const { tileRows, tileColumns } = tiling
  return `
  let earliest = row / ${outputs}u * ${samples}u; // sample of the part
  let filterRow = row % ${outputs}u;
  let first = filterRow / ${groupOutputs}u * ${groupChannels}u; // channel of the group
  // Past the edge the last column is read again, and not written.
  ${each(
    tileColumns,
    (c) => `let column${c} = min(column + ${c}u, ${taps * groupChannels - 1}u);
  let shift${c} = i32(column${c} / ${groupChannels}u) - ${before};
  let channel${c} = first + column${c} % ${groupChannels}u;`,
  )}
  for (var i = earliest * ${steps}u; i < min(earliest + ${samples}u, ${batch}u) * ${steps}u; i++) {
    let source = i / ${steps}u * ${length}u;
    let step = i % ${steps}u;
    let gradient = i * ${outputs}u + filterRow;
    ${each(tileRows, (r) => `let d${r} = dy[gradient + ${r}u];`)}
    ${each(
      tileColumns,
      (c) => `let place${c} = i32(step * ${stride}u) + shift${c};
    let at${c} = (source + u32(clamp(place${c}, 0, ${length - 1}))) * ${channels}u + channel${c};
    let x${c} = select(0.0, input[at${c}], place${c} >= 0 && place${c} < ${length});`,
    )}
    ${forEachOf(tiling, (r, c) => `sum${r}${c} = fma(d${r}, x${c}, sum${r}${c});`)}
  }`
}
