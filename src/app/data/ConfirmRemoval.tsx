import { AlertDialog } from 'radix-ui'
import { useRef } from 'react'
import type { Noun } from '../../config/about.ts'
import { Button } from '../components/Button.tsx'
import { formatCount } from '../components/format.ts'

interface ConfirmRemovalProps {
  readonly open: boolean
  /** Files that would go. */
  readonly count: number
  /** Files that there are. */
  readonly total: number
  /** What they are called. */
  readonly noun: Noun
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks first: the files would have to be found and decoded again. The focus goes back to where it came from. */
export function ConfirmRemoval({ open, count, total, noun, onConfirm, onClose }: ConfirmRemovalProps) {
  const cameFrom = useRef<Element | null>(null)
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-page/80" />
        <AlertDialog.Content
          onOpenAutoFocus={() => {
            cameFrom.current = document.activeElement
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault() // it would look for the one button that opens the dialog
            if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus()
          }}
          className="plate fixed top-1/2 left-1/2 z-50 grid w-96 max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 gap-4 p-6"
        >
          <AlertDialog.Title className="font-semibold">{question(count, total, noun)}</AlertDialog.Title>
          <AlertDialog.Description className="text-sm text-muted">
            Only this page forgets them: files stay where they are, and can be dropped again. What was
            recorded or pasted here is gone.
          </AlertDialog.Description>
          <div className="flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Keep</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button look="primary" onClick={onConfirm}>
                Remove
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

function question(count: number, total: number, { one, many }: Noun): string {
  if (total === 1) return `Remove your ${one}?`
  return count === total
    ? `Remove all ${formatCount(total)} ${many}?`
    : `Remove ${formatCount(count)} of ${formatCount(total)} ${many}?`
}
