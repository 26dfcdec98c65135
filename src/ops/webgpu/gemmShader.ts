import { bufferNames, outputNames, type Gemm } from './gemm.ts'
import { registerBody } from './gemmRegisters.ts'
import { widthOf, type Variant } from './gemmVariants.ts'

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
  const threads = threadsOf(variant)
  const acrossAll = Math.ceil(b.columns / (variant.tileColumns * variant.across))
  const tiles = acrossAll * Math.ceil(a.rows / (variant.tileRows * variant.down))
  const sums = epilogue.rowSums === undefined ? 0 : Math.ceil(a.rows / threads)
  const width = widthOf(variant)
  const code = `
alias Number = ${width === 4 ? 'vec4f' : 'f32'};
const COLUMNS = ${b.columns / width}u;
${declarations(gemm)}
fn store(row: u32, column: u32, sum: Number) {
  let at = row * ${b.columns / width}u + column;
  ${epilogue.store}
}
${epilogue.rowSums === undefined ? '' : sumsOfRows(gemm, epilogue.rowSums.store, width)}
@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let index = workgroup.y * workgroups.x + workgroup.x;
  ${sums === 0 ? '' : `if (index >= ${tiles}u) { sumRow((index - ${tiles}u) * ${threads}u + thread); return; }`}
  let firstRow = index / ${acrossAll}u * ${variant.down * variant.tileRows}u;
  let firstColumn = index % ${acrossAll}u * ${(variant.across * variant.tileColumns) / width}u;
  ${registerBody(gemm, variant)}
}`
  return { code, workgroups: tiles + sums }
}

export function threadsOf({ down, across, split }: Variant): number {
  return down * across * split
}

function declarations(gemm: Gemm): string {
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

/** One thread a row; where that is a column in memory, neighbouring threads read neighbouring floats. */
function sumsOfRows({ a }: Gemm, store: string, width: number): string {
  return `
fn sumRow(row: u32) {
  if (row >= ${a.rows}u) { return; }
  var sum = 0.0;
  for (var k = 0u; k < ${a.columns}u; k++) {
    let place = row * ${a.rowStep}u + k * ${a.columnStep}u;
    sum += ${width === 4 ? 'a[place / 4u][place % 4u]' : 'a[place]'};
  }
  ${store}
}
`
}
