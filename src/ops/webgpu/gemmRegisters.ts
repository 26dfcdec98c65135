import type { Gemm } from './gemm.ts'
import { liesInColumns, widthOf, type Variant } from './gemmVariants.ts'

/** Each thread sums up a tile in its registers, straight from the matrices; there is no shared memory and no barrier. */
export function registerBody(gemm: Gemm, variant: Variant): string {
  const { a, b } = gemm
  const { tileRows, across } = variant
  const width = widthOf(variant)
  const units = variant.tileColumns / width
  const depth = width === 4 && !(liesInColumns(a) && !liesInColumns(b)) ? 4 : 1
  return `
  let row = firstRow + thread / ${across}u * ${tileRows}u;
  let column = firstColumn + thread % ${across}u * ${units}u;
  if (row >= ${a.rows}u || column >= ${b.columns / width}u) { return; }
  ${grid(tileRows, units, (r, c) => `var sum${r}_${c} = Number();`)}
  // Past the edge the last row or column is read again, and not written.
  ${placesOfA(gemm, variant)}
  ${placesOfB(gemm, variant)}
  for (var k = 0u; k < ${a.columns}u; k += ${depth}u) {
    ${loadA(gemm, variant, depth)}
    ${loadB(gemm, variant, depth)}
    ${each(depth, (k) => grid(tileRows, units, (r, c) => `sum${r}_${c} += ${elementOfA(gemm, variant, r, k)} * y${c}_${k};`))}
  }
  ${grid(tileRows, units, (r, c) => `if (row + ${r}u < ${a.rows}u && column + ${c}u < ${b.columns / width}u) { store(row + ${r}u, column + ${c}u, sum${r}_${c}); }`)}`
}

/** A line of WGSL for each. */
export function each(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n    ')
}

function grid(rows: number, columns: number, line: (r: number, c: number) => string): string {
  return each(rows, (r) => each(columns, (c) => line(r, c)))
}

function placesOfA({ a }: Gemm, variant: Variant): string {
  const { tileRows } = variant
  const width = widthOf(variant)
  if (liesInColumns(a))
    return each(tileRows / width, (r) => `let a${r} = min(row / ${width}u + ${r}u, ${a.rows / width - 1}u);`)
  return each(tileRows, (r) => `let a${r} = min(row + ${r}u, ${a.rows - 1}u) * ${a.rowStep / width}u;`)
}

function loadA({ a }: Gemm, variant: Variant, depth: number): string {
  const width = widthOf(variant)
  if (!liesInColumns(a)) return each(variant.tileRows, (r) => `let x${r} = a[a${r} + k / ${width}u];`)
  return each(depth, (k) =>
    each(
      variant.tileRows / width,
      (r) => `let x${r}_${k} = a[a${r} + (k + ${k}u) * ${a.columnStep / width}u];`,
    ),
  )
}

function elementOfA({ a }: Gemm, variant: Variant, r: number, k: number): string {
  const width = widthOf(variant)
  if (!liesInColumns(a)) return width === 4 ? `x${r}[${k}]` : `x${r}`
  return width === 4 ? `x${Math.floor(r / 4)}_${k}[${r % 4}]` : `x${r}_${k}`
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

function loadB({ b }: Gemm, variant: Variant, depth: number): string {
  const width = widthOf(variant)
  const units = variant.tileColumns / width
  if (!liesInColumns(b))
    return each(depth, (k) =>
      each(units, (c) => `let y${c}_${k} = b[b${c} + (k + ${k}u) * ${b.rowStep / width}u];`),
    )
  const columns = each(units * width, (c) => `let w${c} = b[b${c} + k / ${width}u];`)
  const turned = each(depth, (k) =>
    each(units, (c) =>
      width === 4
        ? `let y${c}_${k} = vec4f(${[0, 1, 2, 3].map((i) => `w${c * 4 + i}[${k}]`).join(', ')});`
        : `let y${c}_${k} = w${c};`,
    ),
  )
  return `${columns}
    ${turned}`
}
