import { useId, useRef, useState } from 'react'
import type { OwnSample } from '../../worker/protocol.ts'
import { formatCount } from '../components/format.ts'
import { useRem } from '../components/rem.ts'
import { visibleRange, type Grid } from './grid.ts'
import type { Selection } from './selection.ts'
import { Thumbnail } from './Thumbnail.tsx'
import { useListbox } from './useListbox.ts'
import { useWidth } from './useWidth.ts'

interface Props {
  /** At least one. */
  readonly list: readonly OwnSample[]
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  readonly onRemove: () => void
}

/** Cells are squares of at least this side: large enough for a finger. */
const SMALLEST_CELL_REM = 2.75
const MOST_ROWS = 4

/** Thousands of thumbnails, of which only the rows in view exist. Tab reaches the grid once, arrows move within it. */
export function ThumbnailGrid({ list, selection, onSelect, onRemove }: Props) {
  const name = useId()
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const smallestCell = SMALLEST_CELL_REM * useRem()
  const columns = Math.max(1, Math.floor(width / smallestCell))
  const cell = Math.max(smallestCell, width / columns)
  const [scrollTop, setScrollTop] = useState(0)
  const rows = Math.ceil(list.length / columns)
  const viewHeight = Math.min(rows, MOST_ROWS) * cell
  const grid: Grid = { count: list.length, columns, rowHeight: cell, viewHeight }
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
        aria-label="My images"
        aria-multiselectable
        aria-activedescendant={active >= first && active < end ? optionId(active) : undefined}
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget }) => setScrollTop(currentTarget.scrollTop)}
        className="overflow-y-auto"
        style={{ height: viewHeight }}
      >
        <div className="relative" style={{ height: rows * cell }}>
          {list.slice(first, end).map((sample, i) => (
            <Option
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
      <p className="truncate text-xs text-muted" title={list[active].file}>
        {formatCount(active + 1)} of {formatCount(list.length)}: {list[active].file}
      </p>
    </>
  )
}

interface OptionProps {
  readonly id: string
  readonly sample: OwnSample
  readonly index: number
  readonly grid: Grid
  readonly active: boolean
  readonly selected: boolean
  readonly onPick: (index: number, extend: boolean) => void
}

function Option({ id, sample, index, grid, active, selected, onPick }: OptionProps) {
  const look = selected
    ? 'outline-2 -outline-offset-2 outline-ink'
    : active
      ? 'outline-1 outline-control'
      : ''
  const cell = grid.rowHeight
  const [column, row] = [index % grid.columns, Math.floor(index / grid.columns)]
  return (
    // The listbox around it takes the keys.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-label={sample.file}
      aria-setsize={grid.count}
      aria-posinset={index + 1}
      title={sample.file}
      onClick={(event) => onPick(index, event.shiftKey)}
      className={`absolute rounded p-0.5 ${look}`}
      style={{ left: column * cell, top: row * cell, width: cell, height: cell }}
    >
      <Thumbnail bitmap={sample.thumbnail} className={`size-full ${selected ? 'opacity-60' : ''}`} />
    </div>
  )
}
