import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import { bufferOf, dispatch, pipelineOf, writableBufferOf, type GPUBackend } from './dispatch.ts'

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

/** Threads along each side of a workgroup. */
const SIDE = 8

/** With fewer threads than this a GPU is not busy, so each takes a smaller tile of the product. */
const ENOUGH_THREADS = 4096

/**
 * output = a · b (+ bias, one number a column). Each thread keeps a square tile of the product in registers; there is
 * no shared memory and no barrier, and every sum runs in one order, so that the same input gives the same bits.
 */
export function runMatMul(
  backend: GPUBackend,
  a: Matrix,
  b: Matrix,
  output: TensorInfo,
  bias?: TensorInfo,
): void {
  const [rows, columns] = [a.rows, b.columns]
  const tile = [4, 2].find((side) => (rows * columns) / side ** 2 >= ENOUGH_THREADS) ?? 1
  const across = Math.ceil(columns / (tile * SIDE))
  const down = Math.ceil(rows / (tile * SIDE))
  const pipeline = pipelineOf(backend, 'MatMul', shader(a, b, tile, across, bias !== undefined))
  const bindings = [a.tensor, b.tensor, ...(bias ? [bias] : [])].map((tensor) => bufferOf(backend, tensor))
  dispatch(backend, pipeline, [writableBufferOf(backend, output), ...bindings], across * down)
}

function shader(a: Matrix, b: Matrix, tile: number, across: number, hasBias: boolean): string {
  const places = Array.from({ length: tile }, (_, i) => i)
  const each = (line: (i: number) => string) => places.map(line).join('\n  ')
  const eachPair = (line: (r: number, c: number) => string) =>
    each((r) => places.map((c) => line(r, c)).join('\n  '))
  return `
@group(0) @binding(0) var<storage, read_write> output: array<f32>;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
${hasBias ? '@group(0) @binding(3) var<storage, read> bias: array<f32>;' : ''}

@compute @workgroup_size(${SIDE}, ${SIDE})
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_id) thread: vec3u,
) {
  let group = workgroup.y * workgroups.x + workgroup.x;
  let row = (group / ${across}u * ${SIDE}u + thread.y) * ${tile}u;
  let column = (group % ${across}u * ${SIDE}u + thread.x) * ${tile}u;
  // Past the edge the last row or column is read again, and not written.
  ${each((i) => `let a${i} = min(row + ${i}u, ${a.rows - 1}u) * ${a.rowStep}u;`)}
  ${each((i) => `let b${i} = min(column + ${i}u, ${b.columns - 1}u) * ${b.columnStep}u;`)}
  ${eachPair((r, c) => `var sum${r}${c} = 0.0;`)}
  for (var k = 0u; k < ${a.columns}u; k++) {
    ${each((i) => `let x${i} = a[a${i} + k * ${a.columnStep}u];`)}
    ${each((i) => `let y${i} = b[b${i} + k * ${b.rowStep}u];`)}
    ${eachPair((r, c) => `sum${r}${c} = fma(x${r}, y${c}, sum${r}${c});`)}
  }
  ${eachPair((r, c) => store(r, c, a.rows, b.columns, hasBias))}
}`
}

function store(r: number, c: number, rows: number, columns: number, hasBias: boolean): string {
  const value = hasBias ? `sum${r}${c} + bias[column + ${c}u]` : `sum${r}${c}`
  return `if (row + ${r}u < ${rows}u && column + ${c}u < ${columns}u) {
    output[(row + ${r}u) * ${columns}u + column + ${c}u] = ${value};
  }`
}
