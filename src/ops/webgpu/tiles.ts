import type { TensorInfo } from '@tensorflow/tfjs-core'
import { bufferOf, dispatch, pipelineOf, writableBufferOf } from './dispatch.ts'
import { worksInTeams } from './teams.ts'
import type { GPUBackend } from './tfjs.ts'
import { grid } from './wgsl.ts'

/** Threads along each side of a workgroup. */
const SIDE = 8

/**
 * With fewer threads than these an adapter is not busy, and each takes a smaller tile of the matrix. Software adapters,
 * which are known by their dear barriers, want as many as a processor's cores and lanes.
 */
const ENOUGH_THREADS = { gpu: 4096, software: 128 }

/** A matrix of sums, and the part of it that one thread keeps in registers. */
export interface Tiling {
  readonly rows: number
  readonly columns: number
  readonly tileRows: number
  readonly tileColumns: number
}

/** What a thread does, in WGSL. */
export interface TileBody {
  /** Adds to `sum00`, `sum01`, … (row, column). Sees `row` and `column`, the first of the tile. */
  readonly sums: string
  /** Stores the sum of one row and column, which lie in the matrix. */
  readonly store: (row: string, column: string, sum: string) => string
}

/**
 * The largest square tile that keeps the adapter busy. Where rows or columns must not be mixed across runs of some length,
 * the tile's side divides it.
 */
export function tilingOf(
  { device }: GPUBackend,
  rows: number,
  columns: number,
  rowRun = 0,
  columnRun = 0,
): Tiling {
  const enough = worksInTeams(device) ? ENOUGH_THREADS.gpu : ENOUGH_THREADS.software
  const side = [4, 2].find((side) => (rows * columns) / side ** 2 >= enough) ?? 1
  const within = (run: number) => [4, 2, 1].find((length) => length <= side && run % length === 0) ?? 1
  return { rows, columns, tileRows: within(rowRun), tileColumns: within(columnRun) }
}

/** A line of WGSL for each element of a tile. */
export function forEachOf({ tileRows, tileColumns }: Tiling, line: (r: number, c: number) => string): string {
  return grid(tileRows, tileColumns, line)
}

/**
 * Runs a kernel that sums up a matrix, each thread a tile of it. There is no shared memory and no barrier, and every
 * sum runs in one order, so that the same input gives the same bits. `inputs` and `output` are arrays of f32.
 */
export function runOverTiles(
  backend: GPUBackend,
  name: string,
  tiling: Tiling,
  inputs: Readonly<Record<string, TensorInfo>>,
  output: TensorInfo,
  body: TileBody,
): void {
  const { rows, columns, tileRows, tileColumns } = tiling
  const across = Math.ceil(columns / (tileColumns * SIDE))
  const down = Math.ceil(rows / (tileRows * SIDE))
  const code = shader(tiling, Object.keys(inputs), across, body)
  const bindings = Object.values(inputs).map((tensor) => bufferOf(backend, tensor))
  const pipeline = pipelineOf(backend, name, code)
  dispatch(backend, pipeline, [writableBufferOf(backend, output), ...bindings], across * down)
}

function shader(tiling: Tiling, inputs: readonly string[], across: number, body: TileBody): string {
  const { rows, columns, tileRows, tileColumns } = tiling
  return `
@group(0) @binding(0) var<storage, read_write> output: array<f32>;
${inputs.map((name, i) => `@group(0) @binding(${i + 1}) var<storage, read> ${name}: array<f32>;`).join('\n')}

@compute @workgroup_size(${SIDE}, ${SIDE})
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_id) thread: vec3u,
) {
  let index = workgroup.y * workgroups.x + workgroup.x;
  let row = (index / ${across}u * ${SIDE}u + thread.y) * ${tileRows}u;
  let column = (index % ${across}u * ${SIDE}u + thread.x) * ${tileColumns}u;
  if (row >= ${rows}u || column >= ${columns}u) { return; }
  ${forEachOf(tiling, (r, c) => `var sum${r}${c} = 0.0;`)}
${body.sums}
  ${forEachOf(
    tiling,
    (r, c) => `if (row + ${r}u < ${rows}u && column + ${c}u < ${columns}u) {
    ${body.store(`(row + ${r}u)`, `(column + ${c}u)`, `sum${r}${c}`)}
  }`,
  )}
}`
}
