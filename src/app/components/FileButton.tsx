import type { LucideIcon } from 'lucide-react'
import { useId } from 'react'

interface FileButtonProps {
  readonly label: string
  readonly icon: LucideIcon
  /** What the input takes. */
  readonly attributes: { readonly accept: string } | { readonly webkitdirectory: '' }
  readonly onChoose: (files: readonly File[]) => void
}

/** A file input that looks like a button; the input itself keeps the focus and the name. */
export function FileButton({ label, icon: Icon, attributes, onChoose }: FileButtonProps) {
  const id = useId()
  return (
    <span className="relative">
      <input
        id={id}
        type="file"
        multiple
        className="peer sr-only"
        {...attributes}
        onChange={({ currentTarget }) => {
          onChoose([...(currentTarget.files ?? [])])
          currentTarget.value = '' // so that choosing the same files again is a change
        }}
      />
      <label
        htmlFor={id}
        className="rounded-plate border-rule bg-surface peer-focus-visible:outline-student hover:bg-well inline-flex h-7 cursor-pointer items-center gap-1.5 border px-2 text-xs font-medium peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2"
      >
        <Icon size="0.875rem" aria-hidden /> {label}
      </label>
    </span>
  )
}
