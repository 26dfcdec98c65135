import type { Random } from '../ops/random.ts'

/** Squares of cells on a grid, brought to one number of cells. */
export interface EvenBlocks {
  readonly rows: number
  readonly columns: number
  /** How often a square is drawn; squares may overlap. */
  readonly draws: number
  /** Cells on a side of a square; on a grid of one row it is a span. */
  readonly side: number
  /** Cells that are marked in the end, exactly. */
  readonly count: number
}

/**
 * Marks squares whose centres lie anywhere on a grid, cut at its edges; then as many random cells more or fewer as are
 * missing or too many, so that all masks mark equally many (data2vec 2.0, spec §7).
 * @returns `[rows · columns]`, 1 = marked
 */
export function drawEvenBlocks(
  { rows, columns, draws, side, count }: EvenBlocks,
  random: Random,
): Uint8Array {
  const marked = new Uint8Array(rows * columns)
  const before = Math.floor(side / 2)
  for (let draw = 0; draw < draws; draw++) {
    const centre = random.integer(0, marked.length - 1)
    const [top, bottom] = reach(Math.floor(centre / columns), rows)
    const [left, right] = reach(centre % columns, columns)
    for (let row = top; row <= bottom; row++) marked.fill(1, row * columns + left, row * columns + right + 1)
  }
  bringTo(count, marked, random)
  return marked

  function reach(place: number, cells: number): [first: number, last: number] {
    return [Math.max(0, place - before), Math.min(cells - 1, place - before + side - 1)]
  }
}

/** Marks random cells, or takes marks from some, until `count` are marked. */
function bringTo(count: number, marked: Uint8Array, random: Random): void {
  const difference = count - marked.reduce((sum, mark) => sum + mark, 0)
  const from = difference > 0 ? 0 : 1
  const changeable = Uint32Array.from(marked.keys()).filter((cell) => marked[cell] === from)
  random.shuffle(changeable)
  for (const cell of changeable.subarray(0, Math.abs(difference))) marked[cell] = 1 - from
}

/** A number of masked tokens that leaves something to predict and something to see. */
export function betweenOneAndAllButOne(count: number, tokens: number): number {
  return Math.max(1, Math.min(tokens - 1, count))
}
