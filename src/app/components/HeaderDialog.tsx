import { X, type LucideIcon } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly icon: LucideIcon
  /** What it is for. */
  readonly description: ReactNode
  readonly onOpenChange?: (open: boolean) => void
  /** How wide it grows, as a class. */
  readonly width?: string
  readonly children: ReactNode
}

/** A button of the header that is an icon, and the dialog that it opens. */
export function HeaderDialog({
  title,
  icon: Icon,
  description,
  onOpenChange,
  width = 'max-w-3xl',
  children,
}: Props) {
  return (
    <Dialog.Root {...(onOpenChange && { onOpenChange })}>
      <Dialog.Trigger
        aria-label={title}
        title={title}
        className="rounded-plate text-muted hover:bg-well hover:text-ink grid size-9 place-items-center"
      >
        <Icon size="1.125rem" aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="bg-page/80 fixed inset-0 z-40" />
        <Dialog.Content
          className={`plate fixed inset-x-4 top-1/2 z-50 mx-auto grid max-h-[calc(100dvh-2rem)] -translate-y-1/2 gap-4 overflow-y-auto p-6 text-sm ${width}`}
        >
          <div className="flex items-start justify-between gap-4">
            <Dialog.Title className="font-semibold">{title}</Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="rounded-plate text-muted hover:bg-well hover:text-ink -m-2 grid size-9 place-items-center"
            >
              <X size="1.125rem" aria-hidden />
            </Dialog.Close>
          </div>
          <Dialog.Description className="text-muted max-w-prose">{description}</Dialog.Description>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
