import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { Beside } from '../rowsBeside.ts'
import { webgpuKernel } from './kernel.ts'
import { elementsOf, runOverRows } from './rows.ts'

/** `input` `[B, rows, columns, C]` → `[B, rows, columns, taps · C]` */
export const rowsBesideWebGPU = webgpuKernel<{ input: TensorInfo }, Beside>(
  'RowsBeside',
  (gpu, { input }, { taps, above, groups }) => {
    const [batch, rows, columns, channels] = input.shape
    const beside = gpu.makeTensorInfo([batch, rows, columns, taps * channels], 'float32')
    const inGroup = channels / groups
    const body = `
let place = row / ${taps * channels}u; // in all grids
let column = row % ${taps * channels}u; // group, tap and channel of the group
let tap = i32(column / ${inGroup}u % ${taps}u);
let y = i32(place / ${columns}u % ${rows}u) + tap - ${above};
if (y < 0 || y >= ${rows}) { beside[row] = 0.0; return; }
let channel = column / ${taps * inGroup}u * ${inGroup}u + column % ${inGroup}u;
beside[row] = input[u32(i32(place) + (tap - ${above}) * ${columns}) * ${channels}u + channel];`
    runOverRows(gpu, 'RowsBeside', elementsOf(beside), { input }, { beside }, body)
    return beside
  },
)

/** From `dy` `[B, rows, columns, taps · C]`, the gradient in the input. */
export const rowsBesideGradWebGPU = webgpuKernel<{ dy: TensorInfo }, Beside>(
  'RowsBesideGrad',
  (gpu, { dy }, { taps, above, groups }) => {
    const [batch, rows, columns, wide] = dy.shape
    const channels = wide / taps
    const dinput = gpu.makeTensorInfo([batch, rows, columns, channels], 'float32')
    const inGroup = channels / groups
    const body = `
let place = i32(row / ${channels}u); // in all grids
let channel = row % ${channels}u;
let first = channel / ${inGroup}u * ${taps * inGroup}u + channel % ${inGroup}u; // of its group, under the first tap
var sum = 0.0;
for (var tap = 0; tap < ${taps}; tap++) {
  let y = place / ${columns} % ${rows} - (tap - ${above}); // the row that met this one under the tap
  if (y < 0 || y >= ${rows}) { continue; }
  sum += dy[u32(place - (tap - ${above}) * ${columns}) * ${wide}u + first + u32(tap) * ${inGroup}u];
}
dinput[row] = sum;`
    runOverRows(gpu, 'RowsBesideGrad', elementsOf(dinput), { dy }, { dinput }, body)
    return dinput
  },
)
