import { FilePlus2, FolderOpen } from 'lucide-react'
import { useId } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import { FileButton } from '../components/FileButton.tsx'
import { formatCount } from '../components/format.ts'
import { useShown } from '../store/experiment.ts'
import { addListed } from './intake.ts'
import { Recorder } from './Recorder.tsx'
import { usePageDrop } from './usePageDrop.ts'
import { MOST_FILES } from './walk.ts'

/** Where a person's own files come in. Drops are taken on the whole page; this is the place that says so. */
export function DropZone() {
  const title = useId()
  const { accept, droppable, waysIn } = MODALITIES[useShown()]
  const { dragging, walking } = usePageDrop()
  return (
    <div
      role="group"
      aria-labelledby={title}
      className="rounded-plate border-control grid justify-items-center gap-2 border border-dashed p-4 text-center"
    >
      <p id={title} className="text-[0.8125rem] font-semibold">
        Drop files
      </p>
      <p className="text-muted max-w-64 text-xs">
        {droppable} or whole folders, up to {formatCount(MOST_FILES)} at once, anywhere on the page.
        {waysIn.includes('paste') && ' Pasting works, too.'}
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        <FileButton label="Add files" icon={FilePlus2} attributes={{ accept }} onChoose={addListed} />
        <FileButton
          label="Add a folder"
          icon={FolderOpen}
          attributes={{ webkitdirectory: '' }}
          onChoose={addListed}
        />
        {waysIn.includes('record') && <Recorder />}
      </div>
      <p role="status" className="text-muted text-xs empty:sr-only">
        {walking && 'Looking through the folder…'}
      </p>
      {dragging && <DropOverlay />}
    </div>
  )
}

/** Lies over the page while files are dragged over it; it must not take the drag's events. */
function DropOverlay() {
  return (
    <div className="border-student bg-page/80 pointer-events-none fixed inset-0 z-50 grid place-items-center border-4">
      <div className="plate px-6 py-4 text-center">
        <p className="text-lg font-semibold">Drop to add to your data</p>
        <p className="text-muted text-sm">Images, recordings and texts each go to their own tab.</p>
      </div>
    </div>
  )
}
