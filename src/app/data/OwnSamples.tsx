import { useState } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import { Button } from '../components/Button.tsx'
import { formatCount } from '../components/format.ts'
import { useShown } from '../store/experiment.ts'
import { files, useOwn } from '../store/files.ts'
import { ConfirmRemoval } from './ConfirmRemoval.tsx'
import { SampleListbox } from './SampleListbox.tsx'
import { among, isLarge, NOTHING, type Selection } from './selection.ts'

/** The person's own of the shown modality: look through them, pick some out, remove them. */
export function OwnSamples() {
  const { file: noun } = MODALITIES[useShown()]
  const list = useOwn()
  const [picked, setPicked] = useState(NOTHING)
  /** Files whose removal waits for the person's word. */
  const [asked, setAsked] = useState(NOTHING)
  if (list.length === 0) return null
  const ids = list.map(({ id }) => id)
  const selection = among(picked, ids)
  const remove = () => {
    if (isLarge(selection, list.length)) setAsked(selection)
    else files.remove([...selection])
  }
  return (
    <div className="grid gap-2">
      <SampleListbox
        label={`My ${noun.many}`}
        list={list}
        selection={selection}
        onSelect={setPicked}
        onRemove={remove}
      />
      <RemoveBar
        selection={selection}
        onRemove={remove}
        onRemoveAll={() => setAsked(new Set(ids))}
        onClear={() => setPicked(NOTHING)}
      />
      <ConfirmRemoval
        open={asked.size > 0}
        count={asked.size}
        total={list.length}
        noun={noun}
        onConfirm={() => files.remove([...asked])}
        onClose={() => setAsked(NOTHING)}
      />
    </div>
  )
}

interface RemoveBarProps {
  readonly selection: Selection
  readonly onRemove: () => void
  readonly onRemoveAll: () => void
  readonly onClear: () => void
}

function RemoveBar({ selection, onRemove, onRemoveAll, onClear }: RemoveBarProps) {
  if (selection.size === 0)
    return (
      <div className="flex items-center justify-between gap-2 text-xs">
        <span className="text-muted">Click to select.</span>
        <Button size="small" look="quiet" onClick={onRemoveAll}>
          Remove all
        </Button>
      </div>
    )
  return (
    <div className="flex flex-wrap items-center gap-2 text-xs">
      <span className="text-muted mr-auto">{formatCount(selection.size)} selected</span>
      <Button size="small" onClick={onRemove}>
        Remove {formatCount(selection.size)}
      </Button>
      <Button size="small" look="quiet" onClick={onClear}>
        Clear selection
      </Button>
    </div>
  )
}
