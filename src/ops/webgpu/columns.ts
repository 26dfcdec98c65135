import type { TensorInfo } from '@tensorflow/tfjs-core'
import { bufferOf, dispatch, pipelineOf, writableBufferOf } from './dispatch.ts'
import type { GPUBackend } from './tfjs.ts'
import { runOverRows } from './rows.ts'
import { worksInTeams } from './teams.ts'

/** Threads of a workgroup. */
const THREADS = 256

/** So many rows a thread adds up before it is worth while to share them. */
const FEW_ROWS = 64

interface Matrix {
  readonly rows: number
  readonly columns: number
}

type Tensors = Readonly<Record<string, TensorInfo>>

/** What is summed up and stored, as expressions. */
interface Sums {
  readonly terms: readonly string[]
  readonly finished: readonly string[]
}

/**
 * Sums over the rows of a matrix, for each of its columns, in one dispatch and always in the same order.
 * @param terms what each output sums up; an expression that sees `row`, `column` and `at` = row · columns + column
 * @param outputs `[columns]` each
 * @param finished what becomes of each sum, an expression of all sums `total0`, `total1`, …
 */
export function sumColumns(
  backend: GPUBackend,
  name: string,
  matrix: Matrix,
  inputs: Tensors,
  outputs: Tensors,
  terms: readonly string[],
  finished: readonly string[] = terms.map((_, i) => `total${i}`),
): void {
  const sums = { terms, finished }
  const together = worksInTeams(backend.device) && matrix.rows > FEW_ROWS
  const run = together ? sumTogether : sumAlone
  run(backend, name, matrix, inputs, outputs, sums)
}

type Run = (
  backend: GPUBackend,
  name: string,
  matrix: Matrix,
  inputs: Tensors,
  outputs: Tensors,
  sums: Sums,
) => void

/** A thread takes a column; its neighbours read what lies beside it. */
const sumAlone: Run = (backend, name, { rows, columns }, inputs, outputs, { terms, finished }) => {
  const body = `
let column = row;
${lines(terms, (i) => `var total${i} = 0.0;`)}
for (var i = 0u; i < length; i++) {
  let row = i;
  let at = i * stride + column;
  ${lines(terms, (i) => `total${i} += ${terms[i]};`)}
}
${store(outputs, finished)}`
  runOverRows(backend, name, { count: columns, length: rows, stride: columns }, inputs, outputs, body)
}

/** A workgroup takes some columns; its threads share their rows, and one reduction puts the shares together. */
const sumTogether: Run = (backend, name, { rows, columns }, inputs, outputs, { terms, finished }) => {
  const across = columns < 16 ? 1 : 16
  const down = THREADS / across
  const names = [...Object.keys(inputs), ...Object.keys(outputs)]
  const access = (i: number) => (i < Object.keys(inputs).length ? 'read' : 'read_write')
  const code = `
${names.map((name, i) => `@group(0) @binding(${i}) var<storage, ${access(i)}> ${name}: array<f32>;`).join('\n')}
${lines(terms, (i) => `var<workgroup> partial${i}: array<f32, ${THREADS}>;`)}

@compute @workgroup_size(${across}, ${down})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) thread: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let column = (group.y * groups.x + group.x) * ${across}u + thread.x;
  ${lines(terms, (i) => `var sum${i} = 0.0;`)}
  if (column < ${columns}u) {
    for (var row = thread.y; row < ${rows}u; row += ${down}u) {
      let at = row * ${columns}u + column;
      ${lines(terms, (i) => `sum${i} += ${terms[i]};`)}
    }
  }
  ${lines(terms, (i) => `partial${i}[index] = sum${i};`)}
  workgroupBarrier();
  if (thread.y > 0u || column >= ${columns}u) { return; }
  ${lines(terms, (i) => `var total${i} = 0.0;`)}
  for (var i = thread.x; i < ${THREADS}u; i += ${across}u) {
    ${lines(terms, (i) => `total${i} += partial${i}[i];`)}
  }
  ${store(outputs, finished)}
}`
  const bindings = [
    ...Object.values(inputs).map((tensor) => bufferOf(backend, tensor)),
    ...Object.values(outputs).map((tensor) => writableBufferOf(backend, tensor)),
  ]
  dispatch(backend, pipelineOf(backend, name, code), bindings, Math.ceil(columns / across))
}

function lines(terms: readonly string[], line: (i: number) => string): string {
  return terms.map((_, i) => line(i)).join('\n  ')
}

function store(outputs: Tensors, finished: readonly string[]): string {
  return lines(Object.keys(outputs), (i) => `${Object.keys(outputs)[i]}[column] = ${finished[i]};`)
}
