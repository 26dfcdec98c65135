import { useId, useRef, useState } from 'react'
import type { OwnSample } from '../../worker/protocol.ts'
import { formatCount } from '../components/format.ts'
import { useRem } from '../components/rem.ts'
import { visibleRange, type Grid } from './grid.ts'
import { nameOf } from './ownFiles.ts'
import { SampleOption } from './SampleOption.tsx'
import type { Selection } from './selection.ts'
import { useListbox } from './useListbox.ts'
import { useWidth } from './useWidth.ts'

interface Props {
  /** What it holds, for a screen reader. */
  readonly label: string
  /** At least one. */
  readonly list: readonly OwnSample[]
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  readonly onRemove: () => void
}

/** Images are squares of at least this side: large enough for a finger. */
const SMALLEST_CELL_REM = 2.75
/** Sounds and texts have a row each: a name, and a picture or the first words. */
const ROW_REM = 3
const MOST_ROWS = 4

/** Thousands of files, of which only the rows in view exist. Tab reaches the box once, arrows move within it. */
export function SampleListbox({ label, list, selection, onSelect, onRemove }: Props) {
  const name = useId()
  const box = useRef<HTMLDivElement>(null)
  const grid = useGrid(list, useWidth(box))
  const [scrollTop, setScrollTop] = useState(0)
  const ids = list.map(({ id }) => id)
  const { active, onKeyDown, onPick } = useListbox({ box, grid, ids, selection, onSelect, onRemove })
  const [first, end] = visibleRange(grid, scrollTop)
  const optionId = (index: number) => `${name}-${ids[index]}`
  return (
    <>
      <div
        ref={box}
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-multiselectable
        aria-activedescendant={active >= first && active < end ? optionId(active) : undefined}
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget }) => setScrollTop(currentTarget.scrollTop)}
        className="overflow-y-auto"
        style={{ height: grid.viewHeight }}
      >
        <div className="relative" style={{ height: Math.ceil(grid.count / grid.columns) * grid.rowHeight }}>
          {list.slice(first, end).map((sample, i) => (
            <SampleOption
              key={sample.id}
              id={optionId(first + i)}
              sample={sample}
              index={first + i}
              grid={grid}
              active={first + i === active}
              selected={selection.has(sample.id)}
              onPick={onPick}
            />
          ))}
        </div>
      </div>
      <p className="text-muted truncate text-xs" title={list[active].file}>
        {formatCount(active + 1)} of {formatCount(list.length)}: {nameOf(list[active])}
      </p>
    </>
  )
}

/** As many squares side by side as fit, or one row below another. */
function useGrid(list: readonly OwnSample[], width: number): Grid {
  const rem = useRem()
  const count = list.length
  if (list[0].preview.kind !== 'picture') return gridOf(count, 1, ROW_REM * rem)
  const smallest = SMALLEST_CELL_REM * rem
  const columns = Math.max(1, Math.floor(width / smallest))
  return gridOf(count, columns, Math.max(smallest, width / columns))
}

function gridOf(count: number, columns: number, rowHeight: number): Grid {
  const rows = Math.ceil(count / columns)
  return { count, columns, rowHeight, viewHeight: Math.min(rows, MOST_ROWS) * rowHeight }
}
