import { useMemo, useState } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import { Button } from '../components/Button.tsx'
import { formatCount } from '../components/format.ts'
import { useShown } from '../store/experiment.ts'
import { files, useOwn } from '../store/files.ts'
import { ConfirmRemoval } from './ConfirmRemoval.tsx'
import { LabelField } from './LabelField.tsx'
import { LabelSummary } from './LabelSummary.tsx'
import { SampleListbox } from './SampleListbox.tsx'
import { among, isLarge, NOTHING, type Selection } from './selection.ts'

/** The person's own of the shown modality: look through them, pick some out, say what they are, remove them. */
export function OwnSamples() {
  const modality = useShown()
  const { file: noun } = MODALITIES[modality]
  const list = useOwn()
  const [picked, setPicked] = useState(NOTHING)
  /** Files whose removal waits for the person's word. */
  const [asked, setAsked] = useState(NOTHING)
  const ids = useMemo(() => list.map(({ id }) => id), [list])
  const selection = useMemo(() => among(picked, ids), [picked, ids])
  if (list.length === 0) return null
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
      {selection.size > 0 && (
        <LabelField
          list={list}
          selection={selection}
          onLabel={(label) => files.label(modality, [...selection], label)}
        />
      )}
      <RemoveBar
        selection={selection}
        onRemove={remove}
        onRemoveAll={() => setAsked(new Set(ids))}
        onClear={() => setPicked(NOTHING)}
      />
      <LabelSummary list={list} onSelect={setPicked} />
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
        Deselect
      </Button>
    </div>
  )
}
