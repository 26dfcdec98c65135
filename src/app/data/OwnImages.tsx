import { useState } from 'react'
import { Button } from '../components/Button.tsx'
import { formatCount } from '../components/format.ts'
import { files, useFiles } from '../store/files.ts'
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
  if (selection.size === 0) return <RemoveAll total={total} />
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

/** Asks first: the images would have to be found and decoded again. */
function RemoveAll({ total }: { readonly total: number }) {
  const [asking, setAsking] = useState(false)
  if (!asking)
    return (
      <div className="flex items-center justify-between gap-2 text-xs">
        <span className="text-muted">Click an image to select it.</span>
        <Button size="small" look="quiet" onClick={() => setAsking(true)}>
          Remove all
        </Button>
      </div>
    )
  return (
    <div
      role="alertdialog"
      aria-label="Remove all images"
      className="flex flex-wrap items-center gap-2 text-xs"
    >
      <span className="mr-auto">
        Remove {total === 1 ? 'the image' : `all ${formatCount(total)} images`}?
      </span>
      <Button size="small" look="primary" onClick={() => files.removeAll()}>
        Remove
      </Button>
      <Button size="small" onClick={() => setAsking(false)}>
        Keep
      </Button>
    </div>
  )
}
