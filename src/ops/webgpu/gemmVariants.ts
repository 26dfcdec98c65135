import type { Gemm, Matrix } from './gemm.ts'

/** A way to share a product out among threads. All give the same sums, but for the order of adding. */
export interface Variant {
  /** Rows and columns of the tile that a thread keeps in registers. */
  readonly tileRows: number
  readonly tileColumns: number
  /** Tiles of a workgroup, down and across; each is a thread's, or several threads'. */
  readonly down: number
  readonly across: number
  /** Read and write four floats at once. Every row that lies in one piece must have a multiple of four. */
  readonly vector: boolean
  /** Threads that share the depth of one tile and add up their sums at the end. */
  readonly split: number
  /** Steps of the depth that a workgroup keeps in shared memory; 0 for a product without. */
  readonly shared: number
}

/** How many floats are read at once. */
export const widthOf = ({ vector }: Variant) => (vector ? 4 : 1)

/** A matrix whose columns, not rows, lie in one piece. */
export const liesInColumns = ({ columnStep }: Matrix) => columnStep !== 1

/** Whether both matrices and the product can be read and written by fours. */
export function fitsVectors({ a, b }: Gemm): boolean {
  const run = (matrix: Matrix) => (liesInColumns(matrix) ? matrix.rows : matrix.columns)
  const step = ({ rowStep, columnStep }: Matrix) => Math.max(rowStep, columnStep)
  return [run(a), step(a), run(b), step(b), b.columns].every((length) => length % 4 === 0)
}

/** With fewer threads than this a GPU is not busy, so each takes a smaller tile. */
const ENOUGH_THREADS = 4096

const REGISTERS = { down: 8, across: 8, split: 1, shared: 0 }

/** What is likely to do well on most GPUs. */
export function likelyVariant(gemm: Gemm): Variant {
  const vector = fitsVectors(gemm)
  const sides = vector ? [8, 4] : [4, 2, 1]
  const size = gemm.a.rows * gemm.b.columns
  const side = sides.find((side) => size / side ** 2 >= ENOUGH_THREADS) ?? sides[sides.length - 1]
  return { ...REGISTERS, tileRows: side, tileColumns: side, vector }
}
