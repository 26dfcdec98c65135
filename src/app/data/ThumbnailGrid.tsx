import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { formatCount } from '../components/format.ts'
import type { OwnSample } from '../../worker/protocol.ts'
import { moveByKey, scrollToShow, visibleRange, type Grid } from './grid.ts'
import { toggled, withRange, type Selection } from './selection.ts'
import { Thumbnail } from './Thumbnail.tsx'

interface Props {
  /** At least one. */
  readonly list: readonly OwnSample[]
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  readonly onRemove: () => void
}

/** Cells are squares of this many CSS pixels: large enough for a finger. */
const CELL = 44
const MOST_ROWS = 4

/**
 * Thousands of thumbnails of which only the rows in view exist. A listbox: Tab reaches it once, arrows move within it,
 * Space selects, Shift extends, Delete removes.
 */
export function ThumbnailGrid({ list, selection, onSelect, onRemove }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const [scrollTop, setScrollTop] = useState(0)
  const [wanted, setActive] = useState(0)
  const name = useId()
  const columns = Math.max(1, Math.floor(width / CELL))
  const rows = Math.ceil(list.length / columns)
  const grid: Grid = {
    count: list.length,
    columns,
    rowHeight: CELL,
    viewHeight: Math.min(rows, MOST_ROWS) * CELL,
  }
  const active = Math.min(wanted, list.length - 1)
  const [first, end] = visibleRange(grid, scrollTop)
  const ids = list.map(({ id }) => id)
  const optionId = (index: number) => `${name}-${ids[index]}`

  const goTo = (index: number) => {
    setActive(index)
    if (box.current) box.current.scrollTop = scrollToShow(grid, index, box.current.scrollTop)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const target = moveByKey(event.key, active, grid)
    if (target !== undefined) {
      if (event.shiftKey) onSelect(withRange(selection, ids, active, target))
      goTo(target)
    } else if (event.key === ' ' || event.key === 'Enter') onSelect(toggled(selection, ids[active]))
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) onSelect(new Set(ids))
    else if (event.key === 'Delete' || event.key === 'Backspace') onRemove()
    else return
    event.preventDefault()
  }
  const onPick = (index: number, extend: boolean) => {
    onSelect(extend ? withRange(selection, ids, active, index) : toggled(selection, ids[index]))
    setActive(index)
  }

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
        style={{ height: grid.viewHeight }}
      >
        <div className="relative" style={{ height: rows * CELL }}>
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
  return (
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
      onKeyDown={undefined}
      className={`absolute rounded p-0.5 ${look}`}
      style={{
        left: (index % grid.columns) * CELL,
        top: Math.floor(index / grid.columns) * CELL,
        width: CELL,
        height: CELL,
      }}
    >
      <Thumbnail bitmap={sample.thumbnail} className={`size-full ${selected ? 'opacity-60' : ''}`} />
    </div>
  )
}

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return width
}
