/** Geometry of the grid of tokens. Paths are in units of tokens, for an SVG whose view box is `0 0 columns rows`. */
export type Grid = readonly [rows: number, columns: number]

/** One square a masked token. */
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

/** The lines between tokens. */
export function gridPath([rows, columns]: Grid): string {
  const across = Array.from({ length: rows - 1 }, (_, i) => `M0 ${i + 1}h${columns}`)
  const down = Array.from({ length: columns - 1 }, (_, i) => `M${i + 1} 0v${rows}`)
  return [...across, ...down].join('')
}

/** The token at a point of the picture, both from 0 to 1. */
export function tokenAt(x: number, y: number, [rows, columns]: Grid): number {
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

/** The token that a key leads to, within the grid: an arrow, Home or End; undefined for another key. */
export function tokenAfterKey(key: string, token: number, [rows, columns]: Grid): number | undefined {
  if (key === 'Home') return 0
  if (key === 'End') return rows * columns - 1
  const move = MOVES.get(key)
  if (move === undefined) return undefined
  const row = Math.floor(token / columns) + move[0]
  const column = (token % columns) + move[1]
  return row < 0 || column < 0 || row >= rows || column >= columns ? token : row * columns + column
}
