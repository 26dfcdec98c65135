import { FolderOpen, ImagePlus, type LucideIcon } from 'lucide-react'
import { useId } from 'react'
import { formatCount } from '../components/format.ts'
import { addListed } from './intake.ts'
import { usePageDrop } from './usePageDrop.ts'
import { MOST_FILES } from './walk.ts'

/** What the decoder reads; other files are refused by name. */
const ACCEPTED = 'image/png,image/jpeg,image/webp,image/gif,image/avif'

/** Where a person's own images come in. Drops are taken on the whole page; this is the place that says so. */
export function DropZone() {
  const title = useId()
  const { dragging, walking } = usePageDrop()
  return (
    <div
      role="group"
      aria-labelledby={title}
      className="grid justify-items-center gap-2 rounded-plate border border-dashed border-control p-4 text-center"
    >
      <p id={title} className="text-[0.8125rem] font-semibold">
        Drop files
      </p>
      <p className="max-w-64 text-xs text-muted">
        Images or whole folders, up to {formatCount(MOST_FILES)} at once, anywhere on the page. Pasting works,
        too.
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        <FileButton label="Add files" icon={ImagePlus} />
        <FileButton label="Add a folder" icon={FolderOpen} folder />
      </div>
      <p role="status" className="text-xs text-muted empty:sr-only">
        {walking && 'Looking through the folder…'}
      </p>
      {dragging && <DropOverlay />}
    </div>
  )
}

interface FileButtonProps {
  readonly label: string
  readonly icon: LucideIcon
  readonly folder?: boolean
}

/** A file input that looks like a button; the input itself keeps the focus and the name. */
function FileButton({ label, icon: Icon, folder = false }: FileButtonProps) {
  const id = useId()
  return (
    <span className="relative">
      <input
        id={id}
        type="file"
        multiple
        className="peer sr-only"
        {...(folder ? { webkitdirectory: '' } : { accept: ACCEPTED })}
        onChange={({ currentTarget }) => {
          addListed(currentTarget.files ?? [])
          currentTarget.value = '' // so that choosing the same files again is a change
        }}
      />
      <label
        htmlFor={id}
        className="inline-flex h-7 cursor-pointer items-center gap-1.5 rounded-plate border border-rule bg-surface px-2 text-xs font-medium peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-student hover:bg-well"
      >
        <Icon size="0.875rem" aria-hidden /> {label}
      </label>
    </span>
  )
}

/** Lies over the page while files are dragged over it; it must not take the drag's events. */
function DropOverlay() {
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center border-4 border-student bg-page/80">
      <p className="plate px-6 py-4 text-lg font-semibold">Drop to add to your images</p>
    </div>
  )
}
