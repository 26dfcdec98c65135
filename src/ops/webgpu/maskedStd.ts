import { sumColumns } from './columns.ts'
import { webgpuKernel } from './kernel.ts'

/** `values` `[B, T, D]`, `mask` `[B, T]` → a scalar. */
export const maskedStdWebGPU = webgpuKernel('MaskedStd', (gpu, { values, mask }) => {
  const [batch, tokens, columns] = values.shape
  const each = gpu.makeTensorInfo([columns], 'float32')
  const spread = gpu.makeTensorInfo([], 'float32')
  // Measured from the first token, so that values far from zero that hardly vary keep their digits.
  const apart = '(values[at] - values[column])'
  const terms = [`mask[row] * ${apart}`, `mask[row] * ${apart} * ${apart}`, 'mask[row]']
  const variance = 'max(0.0, total1 - total0 * total0 / total2) / (total2 - 1.0)'
  sumColumns(gpu, 'MaskedStd', { rows: batch * tokens, columns }, { values, mask }, { each }, terms, [
    `sqrt(${variance} + 1e-6)`,
  ])
  sumColumns(
    gpu,
    'MeanStd',
    { rows: columns, columns: 1 },
    { each },
    { spread },
    ['each[at]'],
    [`total0 / ${columns}.0`],
  )
  gpu.disposeData(each.dataId)
  return spread
})
