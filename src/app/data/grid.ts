/** How files, as cells of equal size, lie in a scrolling box. Lengths in CSS pixels. */
export interface Grid {
  readonly count: number
  readonly columns: number
  readonly rowHeight: number
  readonly viewHeight: number
}

/** Where a key takes the person from cell `index`; undefined if the key is not one that moves. */
export function moveByKey(key: string, index: number, grid: Grid): number | undefined {
  const page = grid.columns * Math.max(1, Math.floor(grid.viewHeight / grid.rowHeight))
  const last = grid.count - 1
  const moves: Record<string, number | undefined> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index >= grid.columns ? index - grid.columns : index,
    ArrowDown: index + grid.columns <= last ? index + grid.columns : index,
    PageUp: index - page,
    PageDown: index + page,
    Home: 0,
    End: last,
  }
  const target = moves[key]
  return target === undefined ? undefined : Math.min(last, Math.max(0, target))
}

/** The cells [first, end) worth drawing: the rows in view and one more on either side. */
export function visibleRange(grid: Grid, scrollTop: number): [first: number, end: number] {
  const firstRow = Math.max(0, Math.floor(scrollTop / grid.rowHeight) - 1)
  const endRow = Math.ceil((scrollTop + grid.viewHeight) / grid.rowHeight) + 1
  return [Math.min(grid.count, firstRow * grid.columns), Math.min(grid.count, endRow * grid.columns)]
}

/** The scroll position nearest to `scrollTop` at which cell `index` is in full view. */
export function scrollToShow(grid: Grid, index: number, scrollTop: number): number {
  const top = Math.floor(index / grid.columns) * grid.rowHeight
  return Math.max(top + grid.rowHeight - grid.viewHeight, Math.min(top, scrollTop))
}
