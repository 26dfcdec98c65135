import { useState, type KeyboardEvent, type RefObject } from 'react'
import { moveByKey, scrollToShow, type Grid } from './grid.ts'
import { toggled, withRange, type Selection } from './selection.ts'

interface Options {
  readonly box: RefObject<HTMLElement | null>
  readonly grid: Grid
  readonly ids: readonly number[]
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  readonly onRemove: () => void
}

interface Listbox {
  /** Position of the file that the keys act on. */
  readonly active: number
  readonly onKeyDown: (event: KeyboardEvent) => void
  /** A click; with Shift it selects all from the active file to this one. */
  readonly onPick: (index: number, extend: boolean) => void
}

/** Arrows move, Space selects, Shift extends, Ctrl+A selects all, Delete removes what is selected. */
export function useListbox({ box, grid, ids, selection, onSelect, onRemove }: Options): Listbox {
  const [wanted, setActive] = useState(0)
  const active = Math.min(wanted, ids.length - 1)

  const goTo = (index: number) => {
    setActive(index)
    if (box.current) box.current.scrollTop = scrollToShow(grid, index, box.current.scrollTop)
  }

  const act = ({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean => {
    const target = moveByKey(key, active, grid)
    if (target !== undefined) {
      if (shiftKey) onSelect(withRange(selection, ids, active, target))
      goTo(target)
    } else if (key === ' ' || key === 'Enter') onSelect(toggled(selection, ids[active]))
    else if (key.toLowerCase() === 'a' && (ctrlKey || metaKey)) onSelect(new Set(ids))
    else if (key === 'Delete' || key === 'Backspace') onRemove()
    else return false
    return true
  }

  return {
    active,
    onKeyDown: (event) => {
      if (act(event)) event.preventDefault()
    },
    onPick: (index, extend) => {
      onSelect(extend ? withRange(selection, ids, active, index) : toggled(selection, ids[index]))
      setActive(index)
    },
  }
}
