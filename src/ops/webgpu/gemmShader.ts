import { bufferNames, outputNames, type Gemm } from './gemm.ts'
import { registerTiles } from './gemmRegisters.ts'
import { sharedTiles } from './gemmShared.ts'
import { threadsOf, widthOf, type Variant } from './gemmVariants.ts'
import { QUADS } from './wgsl.ts'

/** A product's shader, and how many workgroups it takes. */
export interface Shader {
  readonly code: string
  readonly workgroups: number
}

/**
 * A product in WGSL. The first workgroups compute tiles of it; where sums of rows are wanted, too, further workgroups
 * of the same dispatch compute those. Every sum runs in one order, so that the same input gives the same bits.
 */
export function gemmShader(gemm: Gemm, variant: Variant): Shader {
  const { a, b, epilogue } = gemm
  const width = widthOf(variant)
  const threads = threadsOf(variant)
  const acrossAll = Math.ceil(b.columns / (variant.tileColumns * variant.across))
  const workgroups = acrossAll * Math.ceil(a.rows / (variant.tileRows * variant.down))
  const tiles = variant.shared > 0 ? sharedTiles(gemm, variant) : registerTiles(gemm, variant)
  const sums = epilogue.rowSums && rowSums(gemm, variant, epilogue.rowSums.store)
  const code = `${variant.quads ? QUADS : ''}
alias Number = ${width === 4 ? 'vec4f' : 'f32'};
const COLUMNS = ${b.columns / width}u;
${bindings(gemm)}
fn store(row: u32, column: u32, sum: Number) {
  if (row >= ${a.rows}u || column >= COLUMNS) { return; }
  let at = row * COLUMNS + column;
  ${epilogue.store}
}
${tiles.declarations}
${sums?.declarations ?? ''}
@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let index = workgroup.y * workgroups.x + workgroup.x;
  ${sums ? `if (index >= ${workgroups}u) { sumRows(index - ${workgroups}u, thread); return; }` : ''}
  let firstRow = index / ${acrossAll}u * ${variant.down * variant.tileRows}u;
  let firstColumn = index % ${acrossAll}u * ${(variant.across * variant.tileColumns) / width}u;
  ${tiles.body}
}`
  return { code, workgroups: workgroups + (sums?.workgroups ?? 0) }
}

function bindings(gemm: Gemm): string {
  const floats = gemm.epilogue.rowSums?.outputs ?? []
  const written = outputNames(gemm)
  return bufferNames(gemm)
    .map((name, i) => {
      const access = written.includes(name) ? 'read_write' : 'read'
      const element = floats.includes(name) ? 'f32' : 'Number'
      return `@group(0) @binding(${i}) var<storage, ${access}> ${name}: array<${element}>;`
    })
    .join('\n')
}

/** As many threads a row as share a tile, or a few in a workgroup that has barriers anyway; neighbours have neighbouring rows. */
function rowSums({ a }: Gemm, variant: Variant, store: string): { declarations: string; workgroups: number } {
  const threads = threadsOf(variant)
  const parts = variant.shared > 0 ? 8 : variant.split
  const rows = threads / parts
  const element = variant.vector ? 'a[place / 4u][place % 4u]' : 'a[place]'
  const declarations = `
${parts > 1 ? `var<workgroup> rowParts: array<f32, ${threads}>;` : ''}
fn sumRows(group: u32, thread: u32) {
  let row = group * ${rows}u + thread % ${rows}u;
  var sum = 0.0;
  for (var k = thread / ${rows}u; k < ${a.columns}u; k += ${parts}u) {
    let place = min(row, ${a.rows - 1}u) * ${a.rowStep}u + k * ${a.columnStep}u;
    sum += ${element};
  }
  ${parts > 1 ? addParts(rows, parts) : ''}
  if (row >= ${a.rows}u) { return; }
  ${store}
}
`
  return { declarations, workgroups: Math.ceil(a.rows / rows) }
}

function addParts(rows: number, parts: number): string {
  return `
  rowParts[thread] = sum;
  workgroupBarrier();
  if (thread >= ${rows}u) { return; }
  for (var part = 1u; part < ${parts}u; part++) { sum += rowParts[part * ${rows}u + thread]; }`
}
