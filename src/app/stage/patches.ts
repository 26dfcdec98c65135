/** Geometry of the patch grid. Paths are in units of patches, for an SVG whose view box is `0 0 columns rows`. */
export type Grid = readonly [rows: number, columns: number]

/** One square a masked patch. */
export function maskedPath(mask: Uint8Array, [, columns]: Grid): string {
  return Array.from(mask, (masked, i) =>
    masked === 1 ? `M${i % columns} ${Math.floor(i / columns)}h1v1h-1z` : '',
  ).join('')
}

/** The border between what is masked and what is not. */
export function outlinePath(mask: Uint8Array, [rows, columns]: Grid): string {
  const at = (row: number, column: number) =>
    row >= 0 && column >= 0 && row < rows && column < columns && mask[row * columns + column] === 1
  let path = ''
  for (let row = 0; row <= rows; row++)
    for (let column = 0; column <= columns; column++) {
      if (at(row, column) !== at(row - 1, column)) path += `M${column} ${row}h1`
      if (at(row, column) !== at(row, column - 1)) path += `M${column} ${row}v1`
    }
  return path
}

/** The lines between patches. */
export function gridPath([rows, columns]: Grid): string {
  const across = Array.from({ length: rows - 1 }, (_, i) => `M0 ${i + 1}h${columns}`)
  const down = Array.from({ length: columns - 1 }, (_, i) => `M${i + 1} 0v${rows}`)
  return [...across, ...down].join('')
}

/** The patch at a point of the picture, both from 0 to 1. */
export function patchAt(x: number, y: number, [rows, columns]: Grid): number {
  const cell = (position: number, count: number) =>
    Math.min(count - 1, Math.max(0, Math.floor(position * count)))
  return cell(y, rows) * columns + cell(x, columns)
}

const MOVES = new Map<string, readonly [rows: number, columns: number]>([
  ['ArrowLeft', [0, -1]],
  ['ArrowRight', [0, 1]],
  ['ArrowUp', [-1, 0]],
  ['ArrowDown', [1, 0]],
])

/** The patch that an arrow key leads to, within the grid; undefined for another key. */
export function patchAfterKey(key: string, patch: number, [rows, columns]: Grid): number | undefined {
  const move = MOVES.get(key)
  if (move === undefined) return undefined
  const row = Math.floor(patch / columns) + move[0]
  const column = (patch % columns) + move[1]
  return row < 0 || column < 0 || row >= rows || column >= columns ? patch : row * columns + column
}

export function countMasked(mask: Uint8Array): number {
  return mask.reduce((sum, masked) => sum + masked, 0)
}
