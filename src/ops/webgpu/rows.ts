import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import { bufferOf, dispatch, pipelineOf, writableBufferOf, type GPUBackend } from './dispatch.ts'

const THREADS = 64

/** How the rows that are reduced lie in memory: each has `length` elements, `stride` apart. */
export interface RowLayout {
  readonly count: number
  readonly length: number
  readonly stride: number
}

/** The rows of a tensor along one of its axes. */
export function rowsAlong(shape: readonly number[], axis: number): RowLayout {
  const size = (lengths: readonly number[]) => util.sizeFromShape([...lengths])
  const stride = size(shape.slice(axis + 1))
  return { count: size(shape.slice(0, axis)) * stride, length: shape[axis], stride }
}

/** Every element of a tensor a row of its own. */
export function elementsOf({ shape }: TensorInfo): RowLayout {
  return { count: util.sizeFromShape([...shape]), length: 1, stride: 1 }
}

/**
 * Runs a kernel with one thread a row and no barrier: our rows are short (a token's channels, a sample's tokens) and
 * many. `body` sees `row` and `at(i)`, the place of the row's element i.
 * @param types what the elements of inputs and outputs are taken for, where they are not f32
 */
export function runOverRows(
  backend: GPUBackend,
  name: string,
  rows: RowLayout,
  inputs: Readonly<Record<string, TensorInfo>>,
  outputs: Readonly<Record<string, TensorInfo>>,
  body: string,
  types: Readonly<Record<string, 'f32' | 'vec4f'>> = {},
): void {
  const names = [...Object.keys(inputs), ...Object.keys(outputs)]
  const access = (i: number) => (i < Object.keys(inputs).length ? 'read' : 'read_write')
  const code = `
${names.map((name, i) => `@group(0) @binding(${i}) var<storage, ${access(i)}> ${name}: array<${types[name] ?? 'f32'}>;`).join('\n')}

const length = ${rows.length}u;
const stride = ${rows.stride}u;
var<private> start: u32;

fn at(i: u32) -> u32 { return start + i * stride; }

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let row = (group.y * groups.x + group.x) * ${THREADS}u + thread;
  if (row >= ${rows.count}u) { return; }
  start = row / stride * stride * length + row % stride;
${body}
}`
  const bindings = [
    ...Object.values(inputs).map((tensor) => bufferOf(backend, tensor)),
    ...Object.values(outputs).map((tensor) => writableBufferOf(backend, tensor)),
  ]
  dispatch(backend, pipelineOf(backend, name, code), bindings, Math.ceil(rows.count / THREADS))
}
