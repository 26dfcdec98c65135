import type { Gemm, Matrix } from './gemm.ts'
import { liesInColumns, widthOf, type Tiles, type Variant } from './gemmVariants.ts'
import { each, grid } from './wgsl.ts'

/**
 * Each thread sums up a tile in its registers, straight from the matrices. Where threads share the depth of a tile
 * (`split`), each takes a run of it, and their sums are added up pair by pair.
 */
export function registerTiles(gemm: Gemm, variant: Variant): Tiles {
  const { a } = gemm
  const { tileRows, down, across, split } = variant
  const units = variant.tileColumns / widthOf(variant)
  const depth = depthOf(gemm, variant)
  const run = Math.ceil(a.columns / split / depth) * depth
  const range =
    split === 1
      ? `for (var k = 0u; k < ${a.columns}u; k += ${depth}u) {`
      : `let part = thread / ${down * across}u;
  for (var k = part * ${run}u; k < min((part + 1u) * ${run}u, ${a.columns}u); k += ${depth}u) {`
  const body = `
  let tile = thread % ${down * across}u;
  let row = firstRow + tile / ${across}u * ${tileRows}u;
  let column = firstColumn + tile % ${across}u * ${units}u;
  ${split === 1 ? outside(gemm, variant, units) : ''}
  ${grid(tileRows, units, (r, c) => `var sum${r}_${c} = Number();`)}
  // Past the edge the last row or column is read again, and not written.
  ${placesOfA(gemm, variant)}
  ${placesOfB(gemm, variant)}
  ${range}
    ${loadA(gemm, variant, depth)}
    ${loadB(gemm, variant, depth)}
    ${each(depth, (k) => grid(tileRows, units, (r, c) => `sum${r}_${c} += ${elementOfA(gemm, variant, r, k)} * y${c}_${k};`))}
  }
  ${addParts(variant, units)}
  ${storeAll(tileRows, units)}`
  const partials = (down * across * split * tileRows * units) / 2
  return {
    declarations: split === 1 ? '' : `var<workgroup> partials: array<Number, ${partials}>;`,
    body,
  }
}

/** Threads, or quads of them, that have nothing to sum up end here. */
function outside({ a, b }: Gemm, variant: Variant, units: number): string {
  const first = variant.quads ? `column - thread % 4u * ${units}u` : 'column'
  return `if (row >= ${a.rows}u || ${first} >= ${b.columns / widthOf(variant)}u) { return; }`
}

/** Steps of the depth that are read together: four, if they lie beside each other; else as many as divide it. */
function depthOf({ a, b }: Gemm, variant: Variant): number {
  if (!variant.vector) return 1
  if (variant.quads) return 4
  if (!liesInColumns(a) || liesInColumns(b)) return 4
  return [4, 2].find((depth) => a.columns % depth === 0) ?? 1
}

function placesOfA({ a }: Gemm, variant: Variant): string {
  const { tileRows } = variant
  const width = widthOf(variant)
  if (variant.quads) return placesOfQuads(a, tileRows)
  if (liesInColumns(a))
    return each(tileRows / width, (r) => `let a${r} = min(row / ${width}u + ${r}u, ${a.rows / width - 1}u);`)
  return each(tileRows, (r) => `let a${r} = min(row + ${r}u, ${a.rows - 1}u) * ${a.rowStep / width}u;`)
}

function loadA({ a }: Gemm, variant: Variant, depth: number): string {
  const width = widthOf(variant)
  if (variant.quads) return loadQuads(a, variant.tileRows)
  if (!liesInColumns(a)) return each(variant.tileRows, (r) => `let x${r} = a[a${r} + k / ${width}u];`)
  return grid(
    depth,
    variant.tileRows / width,
    (k, r) => `let x${r}_${k} = a[a${r} + (k + ${k}u) * ${a.columnStep / width}u];`,
  )
}

/** Each thread of a quad reads another row, or, where columns lie in one piece, another step of the depth. */
function placesOfQuads(a: Matrix, tileRows: number): string {
  const place = (i: number) =>
    liesInColumns(a)
      ? `min(row / 4u + ${i}u, ${a.rows / 4 - 1}u) + quad * ${a.columnStep / 4}u`
      : `min(row + ${4 * i}u + quad, ${a.rows - 1}u) * ${a.rowStep / 4}u`
  return `let quad = thread % 4u;
  ${each(tileRows / 4, (i) => `let a${i} = ${place(i)};`)}`
}

function loadQuads(a: Matrix, tileRows: number): string {
  const step = liesInColumns(a) ? `k * ${a.columnStep / 4}u` : 'k / 4u'
  return `${each(tileRows / 4, (i) => `let own${i} = a[a${i} + ${step}];`)}
    ${grid(tileRows / 4, 4, (i, from) => `let x${liesInColumns(a) ? `${i}_${from}` : 4 * i + from} = quadBroadcast(own${i}, ${from}u);`)}`
}

function elementOfA({ a }: Gemm, variant: Variant, r: number, k: number): string {
  if (!variant.vector) return liesInColumns(a) ? `x${r}_${k}` : `x${r}`
  return liesInColumns(a) ? `x${Math.floor(r / 4)}_${k}[${r % 4}]` : `x${r}[${k}]`
}

function placesOfB({ b }: Gemm, variant: Variant): string {
  const width = widthOf(variant)
  const units = variant.tileColumns / width
  if (!liesInColumns(b))
    return each(units, (c) => `let b${c} = min(column + ${c}u, ${b.columns / width - 1}u);`)
  return each(
    units * width,
    (c) => `let b${c} = min(column * ${width}u + ${c}u, ${b.columns - 1}u) * ${b.columnStep / width}u;`,
  )
}

/** Leaves `y0_0`, `y0_1`, … (column, step of the depth). Where B lies in columns, fours of it are turned. */
function loadB({ b }: Gemm, variant: Variant, depth: number): string {
  const width = widthOf(variant)
  const units = variant.tileColumns / width
  if (!liesInColumns(b))
    return grid(depth, units, (k, c) => `let y${c}_${k} = b[b${c} + (k + ${k}u) * ${b.rowStep / width}u];`)
  if (width === 1) return each(units, (c) => `let y${c}_0 = b[b${c} + k];`)
  return `${each(units * width, (c) => `let w${c} = b[b${c} + k / 4u];`)}
    ${grid(depth, units, (k, c) => `let y${c}_${k} = vec4f(${[0, 1, 2, 3].map((i) => `w${c * 4 + i}[${k}]`).join(', ')});`)}`
}

/** The upper half of the threads that share a tile hands its sums to the lower, until one has all. */
function addParts({ tileRows, down, across, split }: Variant, units: number): string {
  const tiles = down * across
  const place = (r: number, c: number) => `partials[slot + ${(r * units + c) * ((tiles * split) / 2)}u]`
  const halves = Array.from({ length: Math.log2(split) }, (_, i) => split / 2 ** (i + 1))
  return halves
    .map(
      (half) => `
  if (part >= ${half}u && part < ${2 * half}u) {
    let slot = thread - ${half * tiles}u;
    ${grid(tileRows, units, (r, c) => `${place(r, c)} = sum${r}_${c};`)}
  }
  workgroupBarrier();
  if (part < ${half}u) {
    let slot = thread;
    ${grid(tileRows, units, (r, c) => `sum${r}_${c} += ${place(r, c)};`)}
  }
  ${half > 1 ? 'workgroupBarrier();' : 'if (part > 0u) { return; }'}`,
    )
    .join('\n')
}

/** In a loop, because what follows a product may be long, and compilers would take it apart once for each sum. */
function storeAll(tileRows: number, units: number): string {
  const sums = Array.from({ length: tileRows * units }, (_, i) => `sum${Math.floor(i / units)}_${i % units}`)
  return `var sums = array<Number, ${sums.length}>(${sums.join(', ')});
  for (var i = 0u; i < ${sums.length}u; i++) { store(row + i / ${units}u, column + i % ${units}u, sums[i]); }`
}
