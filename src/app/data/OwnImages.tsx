import { useState } from 'react'
import { Button } from '../components/Button.tsx'
import { formatCount } from '../components/format.ts'
import { files, useFiles } from '../store/files.ts'
import { RemoveAll } from './RemoveAll.tsx'
import { among, NOTHING, type Selection } from './selection.ts'
import { ThumbnailGrid } from './ThumbnailGrid.tsx'

/** The person's images: look through them, pick some out, remove them. */
export function OwnImages() {
  const list = useFiles((state) => state.list)
  const [picked, setPicked] = useState(NOTHING)
  if (list.length === 0) return null
  const selection = among(
    picked,
    list.map(({ id }) => id),
  )
  const remove = () => files.remove([...selection])
  return (
    <div className="grid gap-2">
      <ThumbnailGrid list={list} selection={selection} onSelect={setPicked} onRemove={remove} />
      <RemoveBar
        total={list.length}
        selection={selection}
        onRemove={remove}
        onClear={() => setPicked(NOTHING)}
      />
    </div>
  )
}

interface RemoveBarProps {
  readonly total: number
  readonly selection: Selection
  readonly onRemove: () => void
  readonly onClear: () => void
}

function RemoveBar({ total, selection, onRemove, onClear }: RemoveBarProps) {
  if (selection.size === 0)
    return (
      <div className="flex items-center justify-between gap-2 text-xs">
        <span className="text-muted">Click to select.</span>
        <RemoveAll total={total} />
      </div>
    )
  return (
    <div className="flex flex-wrap items-center gap-2 text-xs">
      <span className="mr-auto text-muted">{formatCount(selection.size)} selected</span>
      <Button size="small" onClick={onRemove}>
        Remove {formatCount(selection.size)}
      </Button>
      <Button size="small" look="quiet" onClick={onClear}>
        Clear selection
      </Button>
    </div>
  )
}
