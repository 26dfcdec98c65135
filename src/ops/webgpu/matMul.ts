import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import type { GPUBackend } from './dispatch.ts'
import { forEach, forEachOf, runOverTiles, tilingOf, type Tiling } from './tiles.ts'

/** A matrix in a buffer: the element in row r and column c lies at r · rowStep + c · columnStep. */
export interface Matrix {
  readonly tensor: TensorInfo
  readonly rows: number
  readonly columns: number
  readonly rowStep: number
  readonly columnStep: number
}

/** `values`, whose last axis has `columns` elements, as a matrix. */
export function matrixOf(tensor: TensorInfo, columns: number): Matrix {
  const size = util.sizeFromShape([...tensor.shape])
  return { tensor, rows: size / columns, columns, rowStep: columns, columnStep: 1 }
}

/** The same numbers, read the other way round; nothing is copied. */
export function transposed({ tensor, rows, columns, rowStep, columnStep }: Matrix): Matrix {
  return { tensor, rows: columns, columns: rows, rowStep: columnStep, columnStep: rowStep }
}

/** output = a · b (+ bias, one number a column). */
export function runMatMul(
  backend: GPUBackend,
  a: Matrix,
  b: Matrix,
  output: TensorInfo,
  bias?: TensorInfo,
): void {
  const tiling = tilingOf(a.rows, b.columns)
  const inputs = { a: a.tensor, b: b.tensor, ...(bias && { bias }) }
  runOverTiles(backend, 'MatMul', tiling, inputs, output, {
    sums: products(a, b, tiling),
    store: (row, column, sum) =>
      `output[${row} * ${b.columns}u + ${column}] = ${bias ? `${sum} + bias[${column}]` : sum};`,
  })
}

function products(a: Matrix, b: Matrix, tiling: Tiling): string {
  const { tileRows, tileColumns } = tiling
  return `
  // Past the edge the last row or column is read again, and not written.
  ${forEach(tileRows, (i) => `let a${i} = min(row + ${i}u, ${a.rows - 1}u) * ${a.rowStep}u;`)}
  ${forEach(tileColumns, (i) => `let b${i} = min(column + ${i}u, ${b.columns - 1}u) * ${b.columnStep}u;`)}
  for (var k = 0u; k < ${a.columns}u; k++) {
    ${forEach(tileRows, (i) => `let x${i} = a[a${i} + k * ${a.columnStep}u];`)}
    ${forEach(tileColumns, (i) => `let y${i} = b[b${i} + k * ${b.rowStep}u];`)}
    ${forEachOf(tiling, (r, c) => `sum${r}${c} = fma(x${r}, y${c}, sum${r}${c});`)}
  }`
}
