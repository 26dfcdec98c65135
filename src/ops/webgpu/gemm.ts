import { util, type TensorInfo } from '@tensorflow/tfjs-core'

/** A matrix in a buffer: the element in row r and column c lies at r · rowStep + c · columnStep; one of the steps is 1. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly rowStep: number
  readonly columnStep: number
}

/** `[…, columns]` as a matrix. */
export function matrixOf({ shape }: TensorInfo): Matrix {
  const columns = shape[shape.length - 1]
  return { rows: util.sizeFromShape([...shape]) / columns, columns, rowStep: columns, columnStep: 1 }
}

/** The same numbers, read the other way round; nothing is copied. */
export function transposed({ rows, columns, rowStep, columnStep }: Matrix): Matrix {
  return { rows: columns, columns: rows, rowStep: columnStep, columnStep: rowStep }
}

/** What becomes of the sums, in WGSL, before they are stored: no sum is stored and read again. */
export interface Epilogue {
  /** Names of buffers that are read. Their elements are `Number`s: one float, or four of neighbouring columns. */
  readonly inputs: readonly string[]
  /** Names of buffers that are written, likewise. */
  readonly outputs: readonly string[]
  /** Statements that see `row`, `column` (counted in `Number`s), `at`, the place of both, and `sum`, a `Number`, and `COLUMNS`, how many `Number`s a row has. */
  readonly store: string
  /** Also wanted: the sum of each row of the first matrix. */
  readonly rowSums?: {
    /** Names of buffers of floats. */
    readonly outputs: readonly string[]
    /** Statements that see `row` and `sum`, a float. */
    readonly store: string
  }
}

/** A product of two matrices, `[M, K]` · `[K, N]`, and what becomes of it. */
export interface Gemm {
  /** Says, with the sizes, what is computed: two that share it are the same. */
  readonly label: string
  readonly a: Matrix
  readonly b: Matrix
  readonly epilogue: Epilogue
}

/** The names of a product's buffers, in the order of their bindings. */
export function bufferNames(gemm: Gemm): string[] {
  return ['a', 'b', ...gemm.epilogue.inputs, ...outputNames(gemm)]
}

/** The names of those that it writes. */
export function outputNames({ epilogue }: Gemm): string[] {
  return [...epilogue.outputs, ...(epilogue.rowSums?.outputs ?? [])]
}
