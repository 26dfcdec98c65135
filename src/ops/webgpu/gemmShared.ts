import type { Gemm, Matrix } from './gemm.ts'
import { liesInColumns, threadsOf, type Tiles, type Variant } from './gemmVariants.ts'
import { each, grid } from './wgsl.ts'

/**
 * A workgroup brings `shared` steps of the depth of all its rows and columns into shared memory, four by four floats a
 * thread, and each thread adds to its tile from there. Of a thread's rows and columns every fourth run lies beside its
 * neighbours', so that a row of threads reads neighbouring memory.
 */
export function sharedTiles(gemm: Gemm, variant: Variant): Tiles {
  const { a, b } = gemm
  const { tileRows, tileColumns, down, across, shared } = variant
  const units = tileColumns / 4
  const rows = (down * tileRows) / 4
  const columns = across * units
  const body = `
  let sideways = thread % ${across}u;
  let downward = thread / ${across}u;
  ${grid(tileRows, units, (r, c) => `var sum${r}_${c} = vec4f();`)}
  for (var k = 0u; k < ${a.columns}u; k += ${shared}u) {
    ${bring('a', linesOfA(a), 'firstRow / 4u', rows, variant)}
    ${bring('b', linesOfB(b), 'firstColumn', columns, variant)}
    workgroupBarrier();
    for (var i = 0u; i < ${shared}u; i++) {
      ${each(tileRows / 4, (r) => `let x${r} = tile_a[i * ${rows}u + downward + ${r * down}u];`)}
      ${each(units, (c) => `let y${c} = tile_b[i * ${columns}u + sideways + ${c * across}u];`)}
      ${grid(tileRows, units, (r, c) => `sum${r}_${c} += x${Math.floor(r / 4)}[${r % 4}] * y${c};`)}
    }
    workgroupBarrier();
  }
  ${grid(
    tileRows,
    units,
    (r, c) =>
      `store(firstRow + (downward + ${Math.floor(r / 4) * down}u) * 4u + ${r % 4}u, firstColumn + sideways + ${c * across}u, sum${r}_${c});`,
  )}`
  return {
    declarations: `
var<workgroup> tile_a: array<vec4f, ${shared * rows}>;
var<workgroup> tile_b: array<vec4f, ${shared * columns}>;`,
    body,
  }
}

/** A matrix as lines along the depth: rows of the first, columns of the second. */
interface Lines {
  readonly count: number
  readonly depth: number
  /** From one line, or one step of the depth, to the next; one of them is 1. */
  readonly lineStep: number
  readonly depthStep: number
}

function linesOfA(a: Matrix): Lines {
  const depthStep = liesInColumns(a) ? a.columnStep : 1
  return { count: a.rows, depth: a.columns, lineStep: liesInColumns(a) ? 1 : a.rowStep, depthStep }
}

function linesOfB(b: Matrix): Lines {
  const depthStep = liesInColumns(b) ? 1 : b.rowStep
  return { count: b.columns, depth: b.rows, lineStep: liesInColumns(b) ? b.columnStep : 1, depthStep }
}

/**
 * Brings `fours` times four lines into shared memory, from the four `first` on. Blocks that lie along the depth are
 * turned; neighbouring threads read neighbouring memory. Past the end of the depth stand zeros.
 */
function bring(name: string, lines: Lines, first: string, fours: number, variant: Variant): string {
  const { shared } = variant
  const along = lines.depthStep === 1
  const [fast, slow] = along ? ['step', 'four'] : ['four', 'step']
  const fastCount = along ? shared / 4 : fours
  const blocks = (fours * shared) / 4
  return `
    for (var block = thread; block < ${blocks}u; block += ${threadsOf(variant)}u) {
      let ${fast} = block % ${fastCount}u;
      let ${slow} = block / ${fastCount}u;
      let depth = k + step * 4u;
      ${along ? blockAlong(name, lines, first) : blockAcross(name, lines, first)}
      ${each(4, (i) => `tile_${name}[(step * 4u + ${i}u) * ${fours}u + four] = v${i};`)}
    }`
}

function blockAlong(name: string, { count, depth, lineStep }: Lines, first: string): string {
  return `${each(4, (i) => `let w${i} = select(vec4f(), ${name}[min((${first} + four) * 4u + ${i}u, ${count - 1}u) * ${lineStep / 4}u + depth / 4u], depth < ${depth}u);`)}
      ${each(4, (i) => `let v${i} = vec4f(w0[${i}], w1[${i}], w2[${i}], w3[${i}]);`)}`
}

function blockAcross(name: string, { count, depth, depthStep }: Lines, first: string): string {
  return each(
    4,
    (i) =>
      `let v${i} = select(vec4f(), ${name}[(depth + ${i}u) * ${depthStep / 4}u + min(${first} + four, ${count / 4 - 1}u)], depth + ${i}u < ${depth}u);`,
  )
}
