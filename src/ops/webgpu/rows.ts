import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import { bufferOf, dispatch, pipelineOf, writableBufferOf } from './dispatch.ts'
import { worksInTeams } from './teams.ts'
import type { GPUBackend } from './tfjs.ts'

/** Threads of a workgroup. */
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

type Tensors = Readonly<Record<string, TensorInfo>>

/**
 * Runs a kernel with one thread a row and no barrier: our rows are short (a token's channels, a sample's tokens) and
 * many. `body` sees `row` and `at(i)`, the place of the row's element i.
 * @param types what the elements of inputs and outputs are taken for, where they are not f32
 * @param directives what WGSL wants to be told before all else
 */
export function runOverRows(
  backend: GPUBackend,
  name: string,
  rows: RowLayout,
  inputs: Tensors,
  outputs: Tensors,
  body: string,
  types: Readonly<Record<string, 'f32' | 'vec4f' | 'u32'>> = {},
  directives = '',
): void {
  const code = `${directives}
${declarations(inputs, outputs, types)}
${places(rows)}
${MAIN}
  let row = (group.y * groups.x + group.x) * ${THREADS}u + thread;
  if (row >= ${rows.count}u) { return; }
  start = row / stride * stride * length + row % stride;
${body}
}`
  run(backend, name, code, inputs, outputs, Math.ceil(rows.count / THREADS))
}

/** How the work on one row is written, be it for one thread or for a team. */
export interface Workers {
  /** Statements for each element `i` of the row. */
  readonly each: (statements: string) => string
  /** The sum of what the workers have in a variable, as an expression. */
  readonly total: (variable: string) => string
  /** Statements that are carried out once. */
  readonly once: (statements: string) => string
}

const ALONE: Workers = {
  each: (statements) => `for (var i = 0u; i < length; i++) { ${statements} }`,
  total: (variable) => variable,
  once: (statements) => statements,
}

const TEAM: Workers = {
  each: (statements) => `for (var i = member; i < length; i += ${THREADS}u) { ${statements} }`,
  total: (variable) => `totalOf(${variable})`,
  once: (statements) => `if (member == 0u) { ${statements} }`,
}

/**
 * The same for rows whose elements lie beside each other: a row may be worked on by a workgroup, whose threads then read
 * beside each other, too. Where barriers are dear, as on software adapters, a thread takes a row alone.
 */
export function runTogether(
  backend: GPUBackend,
  name: string,
  rows: RowLayout,
  inputs: Tensors,
  outputs: Tensors,
  body: (workers: Workers) => string,
): void {
  if (rows.stride > 1 || rows.length < THREADS / 2 || !worksInTeams(backend.device)) {
    runOverRows(backend, name, rows, inputs, outputs, body(ALONE))
    return
  }
  run(backend, name, teamShader(rows, inputs, outputs, body(TEAM)), inputs, outputs, rows.count)
}

function teamShader(rows: RowLayout, inputs: Tensors, outputs: Tensors, body: string): string {
  return `
${declarations(inputs, outputs)}
${places(rows)}
var<private> member: u32;
var<workgroup> shares: array<f32, ${THREADS}>;

fn totalOf(share: f32) -> f32 {
  shares[member] = share;
  workgroupBarrier();
  var total = 0.0;
  for (var i = 0u; i < ${THREADS}u; i++) { total += shares[i]; }
  workgroupBarrier(); // before shares are written again
  return total;
}

${MAIN}
  let row = group.y * groups.x + group.x;
  if (row >= ${rows.count}u) { return; }
  member = thread;
  start = row * length;
${body}
}`
}

const MAIN = `
@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {`

function places({ length, stride }: RowLayout): string {
  return `
const length = ${length}u;
const stride = ${stride}u;
var<private> start: u32;

fn at(i: u32) -> u32 { return start + i * stride; }`
}

function declarations(
  inputs: Tensors,
  outputs: Tensors,
  types: Readonly<Record<string, string>> = {},
): string {
  const declare = (access: string, first: number) => (name: string, i: number) =>
    `@group(0) @binding(${first + i}) var<storage, ${access}> ${name}: array<${types[name] ?? 'f32'}>;`
  const read = Object.keys(inputs)
  const written = Object.keys(outputs)
  return [...read.map(declare('read', 0)), ...written.map(declare('read_write', read.length))].join('\n')
}

function run(
  backend: GPUBackend,
  name: string,
  code: string,
  inputs: Tensors,
  outputs: Tensors,
  workgroups: number,
): void {
  const bindings = [
    ...Object.values(inputs).map((tensor) => bufferOf(backend, tensor)),
    ...Object.values(outputs).map((tensor) => writableBufferOf(backend, tensor)),
  ]
  dispatch(backend, pipelineOf(backend, name, code), bindings, workgroups)
}
