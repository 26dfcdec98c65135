import { FilePlus2 } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import { filesOf, readDrop } from '../data/intake.ts'
import { fromList, type Found } from '../data/walk.ts'
import { useDragging } from '../data/usePageDrop.ts'
import { shownModality, useShown } from '../store/experiment.ts'
import { useRun } from '../store/runState.ts'
import { teaching, useTeaching } from '../store/teaching.ts'

/** Where files come in that are looked at and not trained on: what is dropped here does not reach the page. */
export function TeachDrop() {
  const id = useId()
  const zone = useRef<HTMLDivElement>(null)
  const { file, accept } = MODALITIES[useShown()]
  const { reading } = useTeaching()
  const dragging = useDragging() // it then lies above the page's own place for drops
  const opening = useRun((state) => state.phase === 'opening')
  useEffect(() => takeDrops(zone.current), [])
  return (
    <div
      ref={zone}
      data-takes-drops
      className={`rounded-plate border-control bg-surface flex flex-wrap items-center justify-between gap-3 border border-dashed p-4 ${dragging ? 'relative z-60' : ''}`}
    >
      <p className="text-muted max-w-md text-[0.8125rem]">
        Drop some {file.many} here that it has never seen: a few of a new thing, and others. Then show it
        which are which.
      </p>
      <span className="relative">
        <input
          id={id}
          type="file"
          multiple
          accept={accept}
          disabled={opening}
          className="peer sr-only"
          onChange={({ currentTarget }) => {
            teaching.add(bare(fromList(currentTarget.files ?? [])))
            currentTarget.value = '' // so that choosing the same files again is a change
          }}
        />
        <label
          htmlFor={id}
          className="rounded-plate border-rule bg-surface peer-focus-visible:outline-student hover:bg-well inline-flex h-7 cursor-pointer items-center gap-1.5 border px-2 text-xs font-medium peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2"
        >
          <FilePlus2 size="0.875rem" aria-hidden /> {reading ? 'Reading…' : `Choose ${file.many}`}
        </label>
      </span>
    </div>
  )
}

/** Takes what is dropped on an element; the page leaves it to it. */
function takeDrops(element: HTMLElement | null): () => void {
  const drop = (event: DragEvent) => {
    if (event.dataTransfer === null || event.dataTransfer.files.length === 0) return
    const modality = shownModality() // may be another when folders have been walked
    void filesOf(readDrop(event.dataTransfer)).then((found) => teaching.add(bare(found), modality))
  }
  element?.addEventListener('drop', drop)
  return () => element?.removeEventListener('drop', drop)
}

/** Labels of folders say nothing here: the person shows which are which. */
function bare({ files, problems }: Found) {
  return { files: files.map(({ file }) => file), problems }
}
