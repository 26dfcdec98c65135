import type { TensorInfo } from '@tensorflow/tfjs-core'
import { bufferOf, dispatch, pipelineOf, writableBufferOf, type GPUBackend } from './dispatch.ts'

/** Columns of a workgroup, beside each other in memory. */
const ACROSS = 16
/** Threads that share the rows of a column. */
const DOWN = 16

interface Matrix {
  readonly rows: number
  readonly columns: number
}

/**
 * Sums over the rows of a matrix, for each of its columns, in one dispatch: a workgroup takes some columns, its threads
 * every 16th row, and one reduction puts those together. The order of adding is fixed.
 * @param terms what each output sums up; an expression that sees `row`, `column` and `at` = row · columns + column
 * @param outputs `[columns]` each
 * @param finished what becomes of each sum, an expression of `sum` and the other sums `total0`, `total1`, …
 */
export function sumColumns(
  backend: GPUBackend,
  name: string,
  { rows, columns }: Matrix,
  inputs: Readonly<Record<string, TensorInfo>>,
  outputs: Readonly<Record<string, TensorInfo>>,
  terms: readonly string[],
  finished: readonly string[] = terms.map((_, i) => `total${i}`),
): void {
  const names = [...Object.keys(inputs), ...Object.keys(outputs)]
  const access = (i: number) => (i < Object.keys(inputs).length ? 'read' : 'read_write')
  const each = (line: (i: number) => string) => terms.map((_, i) => line(i)).join('\n  ')
  const code = `
${names.map((name, i) => `@group(0) @binding(${i}) var<storage, ${access(i)}> ${name}: array<f32>;`).join('\n')}
${terms.map((_, i) => `var<workgroup> partial${i}: array<f32, ${ACROSS * DOWN}>;`).join('\n')}

@compute @workgroup_size(${ACROSS}, ${DOWN})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_id) thread: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let column = group.x * ${ACROSS}u + thread.x;
  ${each((i) => `var sum${i} = 0.0;`)}
  if (column < ${columns}u) {
    for (var row = thread.y; row < ${rows}u; row += ${DOWN}u) {
      let at = row * ${columns}u + column;
      ${each((i) => `sum${i} += ${terms[i]};`)}
    }
  }
  ${each((i) => `partial${i}[index] = sum${i};`)}
  workgroupBarrier();
  if (thread.y > 0u || column >= ${columns}u) { return; }
  ${each((i) => `var total${i} = 0.0;`)}
  for (var i = thread.x; i < ${ACROSS * DOWN}u; i += ${ACROSS}u) {
    ${each((i) => `total${i} += partial${i}[i];`)}
  }
  ${Object.keys(outputs)
    .map((output, i) => `${output}[column] = ${finished[i]};`)
    .join('\n  ')}
}`
  const bindings = [
    ...Object.values(inputs).map((tensor) => bufferOf(backend, tensor)),
    ...Object.values(outputs).map((tensor) => writableBufferOf(backend, tensor)),
  ]
  dispatch(backend, pipelineOf(backend, name, code), bindings, Math.ceil(columns / ACROSS))
}
