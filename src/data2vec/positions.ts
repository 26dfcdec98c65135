/** Rows and columns of a grid of tokens. */
type Grid = readonly [rows: number, columns: number]

/**
 * Fixed sine–cosine positions on a grid (spec §7): the first half of the channels encodes the column, the second the
 * row. On a single row there is only the column, and it has all channels.
 * @returns `[rows · columns, width]`, row by row. `width` must be a multiple of 4.
 */
export function sinCosPositions([rows, columns]: Grid, width: number): Float32Array {
  const share = rows === 1 ? width : width / 2
  const table = new Float32Array(rows * columns * width)
  for (let token = 0; token < rows * columns; token++) {
    const start = token * width
    writeAngles(table.subarray(start, start + share), token % columns)
    if (rows > 1) writeAngles(table.subarray(start + share, start + width), Math.floor(token / columns))
  }
  return table
}

/** Sines, then cosines, of one coordinate: ω_i = 10000^(−i / n) with n of each. */
function writeAngles(channels: Float32Array, place: number): void {
  const frequencies = channels.length / 2
  for (let i = 0; i < frequencies; i++) {
    const angle = place * 10000 ** (-i / frequencies)
    channels[i] = Math.sin(angle)
    channels[frequencies + i] = Math.cos(angle)
  }
}

/** Rows of the relative bias table: one for each offset on the grid, and three for the CLS token (spec §3.3). */
export function relativeTableSize([rows, columns]: Grid): number {
  return (2 * rows - 1) * (2 * columns - 1) + 3
}

/**
 * Which row of the relative bias table each pair of tokens uses (spec §3.3).
 * @returns `[T, T]`, query by key; with `cls`, T counts it at index 0.
 */
export function relativeIndex(grid: Grid, cls: boolean): Int32Array {
  const [rows, columns] = grid
  const tableSize = relativeTableSize(grid)
  const first = cls ? 1 : 0
  const tokens = rows * columns + first
  const index = new Int32Array(tokens * tokens)
  for (let query = 0; query < tokens; query++)
    for (let key = 0; key < tokens; key++) index[query * tokens + key] = entry(query - first, key - first)
  return index

  function entry(query: number, key: number): number {
    if (query < 0 && key < 0) return tableSize - 1
    if (key < 0) return tableSize - 2
    if (query < 0) return tableSize - 3
    const down = Math.floor(query / columns) - Math.floor(key / columns)
    const right = (query % columns) - (key % columns)
    return (down + rows - 1) * (2 * columns - 1) + right + columns - 1
  }
}

/**
 * ALiBi's slope of each head (Press et al. 2022): 2^(−8/h), 2^(−16/h), …; for a number of heads that is no power of
 * two, those of the next smaller power, and then every second one of the next larger (spec §7).
 */
export function alibiSlopes(heads: number): number[] {
  const lower = 2 ** Math.floor(Math.log2(heads))
  const slopes = slopesOfPower(lower)
  if (lower === heads) return slopes
  const between = slopesOfPower(2 * lower).filter((_, i) => i % 2 === 0)
  return [...slopes, ...between.slice(0, heads - lower)]
}

function slopesOfPower(heads: number): number[] {
  return Array.from({ length: heads }, (_, i) => 2 ** ((-8 * (i + 1)) / heads))
}
