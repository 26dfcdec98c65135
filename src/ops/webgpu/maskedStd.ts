import { sumColumns } from './columns.ts'
import { webgpuKernel } from './kernel.ts'

/**
 * `values` `[B, T, D]`, `mask` `[B, T]` → a scalar. In two passes: sums of squares measured from anywhere but the mean
 * lose digits to each other.
 */
export const maskedStdWebGPU = webgpuKernel('MaskedStd', (gpu, { values, mask }) => {
  const [batch, tokens, columns] = values.shape
  const matrix = { rows: batch * tokens, columns }
  const centre = gpu.makeTensorInfo([columns], 'float32')
  const each = gpu.makeTensorInfo([columns], 'float32')
  const spread = gpu.makeTensorInfo([], 'float32')
  const masked = ['mask[row] * values[at]', 'mask[row]']
  sumColumns(gpu, 'MaskedCentre', matrix, { values, mask }, { centre }, masked, ['total0 / total1'])
  const apart = '(values[at] - centre[column])'
  const squares = [`mask[row] * ${apart} * ${apart}`, 'mask[row]']
  sumColumns(gpu, 'MaskedStd', matrix, { values, mask, centre }, { each }, squares, [
    'sqrt(total0 / (total1 - 1.0) + 1e-6)',
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
  gpu.disposeData(centre.dataId)
  gpu.disposeData(each.dataId)
  return spread
})
