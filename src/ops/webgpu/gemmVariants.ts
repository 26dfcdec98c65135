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
  /** Four neighbouring threads, which have the same rows, read a quarter of those each and tell one another. */
  readonly quads: boolean
  /** Steps of the depth that a workgroup keeps in shared memory; 0 for a product without. */
  readonly shared: number
}

/** How the tiles of a workgroup are computed, in WGSL. */
export interface Tiles {
  /** Of the module. */
  readonly declarations: string
  /** Sees `thread`, `firstRow` and `firstColumn` (counted in `Number`s), and calls `store`. */
  readonly body: string
}

/** How many floats are read at once. */
export const widthOf = ({ vector }: Variant) => (vector ? 4 : 1)

export function threadsOf({ down, across, split }: Variant): number {
  return down * across * split
}

/** A matrix whose columns, not rows, lie in one piece. */
export const liesInColumns = ({ columnStep }: Matrix) => columnStep !== 1

/** Whether both matrices and the product can be read and written by fours. */
export function fitsVectors({ a, b }: Gemm): boolean {
  const run = (matrix: Matrix) => (liesInColumns(matrix) ? matrix.rows : matrix.columns)
  const step = ({ rowStep, columnStep }: Matrix) => Math.max(rowStep, columnStep)
  return [run(a), step(a), run(b), step(b), b.columns].every((length) => length % 4 === 0)
}

/** Threads that each keep a tile in registers and share nothing. */
function registers(tileRows: number, tileColumns: number, vector: boolean): Variant {
  return { tileRows, tileColumns, down: 8, across: 8, vector, split: 1, quads: false, shared: 0 }
}

/** Likewise, but for what they read. */
function quads(tileRows: number, tileColumns: number): Variant {
  return { ...registers(tileRows, tileColumns, true), quads: true }
}

/** Threads of which 4 · 4 tiles each have several: for a long depth and a small product. */
function split(tiles: number, parts: number, vector: boolean): Variant {
  return {
    tileRows: 4,
    tileColumns: 4,
    down: tiles,
    across: tiles,
    vector,
    split: parts,
    quads: false,
    shared: 0,
  }
}

/** Threads that read shared memory. */
function shared(side: number, tileRows: number, tileColumns: number, depth: number): Variant {
  return {
    tileRows,
    tileColumns,
    down: side,
    across: side,
    vector: true,
    split: 1,
    quads: false,
    shared: depth,
  }
}

/**
 * All that there are, in the order in which they are tried while there is time. Names are remembered in people's
 * browsers: another way needs another name.
 */
export const VARIANTS: Readonly<Record<string, Variant>> = {
  'shared 64x64': shared(8, 8, 8, 16),
  '16x4 in quads': quads(16, 4),
  '16x8 in quads': quads(16, 8),
  'shared 32x32': shared(8, 4, 4, 32),
  '4x4 of fours by 16': split(4, 16, true),
  '8x8 of fours': registers(8, 8, true),
  '8x4 of fours': registers(8, 4, true),
  '8x4 in quads': quads(8, 4),
  '4x4 of fours': registers(4, 4, true),
  'shared 64x64 by 256': shared(16, 4, 4, 16),
  '4x4 of fours by 4': split(4, 4, true),
  '4x4': registers(4, 4, false),
  '2x2': registers(2, 2, false),
  '1x1': registers(1, 1, false),
  '4x4 by 8': split(4, 8, false),
}

/** What a device can do. */
export interface Abilities {
  readonly subgroups: boolean
  /** Whether barriers are cheap. Software adapters run a workgroup's threads one after another. */
  readonly barriers: boolean
}

/** Whether a product can be computed in this way at all. */
export function works(gemm: Gemm, { vector, quads }: Variant, { subgroups }: Abilities): boolean {
  if (vector && !fitsVectors(gemm)) return false
  return !quads || (subgroups && gemm.a.columns % 4 === 0)
}

/** Whether it also makes sense to try. */
export function suits(gemm: Gemm, variant: Variant, abilities: Abilities): boolean {
  if (!works(gemm, variant, abilities) || variant.vector !== fitsVectors(gemm)) return false
  const { tileRows, tileColumns, down, across, split, shared } = variant
  if ((split > 1 || shared > 0) && !abilities.barriers) return false
  const fits = (length: number, tile: number, tiles: number) => tile <= 4 || tile * tiles < 4 * length
  return fits(gemm.a.rows, tileRows, down) && fits(gemm.b.columns, tileColumns, across)
}

/** With fewer threads than this a GPU is not busy, so each takes a smaller tile. */
const ENOUGH_THREADS = 4096

/** Likewise a processor. */
const ENOUGH_THREADS_IN_SOFTWARE = 256

/** With a longer depth than this and few sums, threads share it. */
const LONG_DEPTH = 512

/** The name of what is likely to do well. */
export function likelyVariant(gemm: Gemm, abilities: Abilities): string {
  const likely = abilities.barriers ? likelyOnGPU(gemm) : likelyInSoftware(gemm)
  return likely.find((name) => suits(gemm, VARIANTS[name], abilities)) ?? '1x1'
}

/** What suits is taken from the front. */
function likelyOnGPU(gemm: Gemm): string[] {
  const busy = (tile: number) => (gemm.a.rows * gemm.b.columns) / tile >= ENOUGH_THREADS
  const shares = gemm.a.columns >= LONG_DEPTH && !busy(16)
  return [
    ...(busy(64) ? ['shared 64x64'] : []),
    ...(shares ? ['4x4 of fours by 16', '4x4 by 8'] : []),
    ...['shared 32x32', '4x4 of fours'],
    ...(busy(16) ? ['4x4'] : []),
    ...(busy(4) ? ['2x2'] : []),
  ]
}

/** Reading is dear there, and what a thread keeps is cheap. */
function likelyInSoftware(gemm: Gemm): string[] {
  const busy = (tile: number) => (gemm.a.rows * gemm.b.columns) / tile >= ENOUGH_THREADS_IN_SOFTWARE
  return [
    ...(busy(128) ? ['16x8 in quads'] : []),
    '16x4 in quads',
    ...(busy(64) ? ['8x8 of fours'] : []),
    ...['8x4 of fours', '4x4 of fours', '4x4'],
  ]
}
