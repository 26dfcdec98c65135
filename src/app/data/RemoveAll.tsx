import { AlertDialog } from 'radix-ui'
import { Button } from '../components/Button.tsx'
import { formatCount } from '../components/format.ts'
import { files } from '../store/files.ts'

/** Asks first: the images would have to be found and decoded again. */
export function RemoveAll({ total }: { readonly total: number }) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger asChild>
        <Button size="small" look="quiet">
          Remove all
        </Button>
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-page/80" />
        <AlertDialog.Content className="plate fixed top-1/2 left-1/2 z-50 grid w-96 max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 gap-4 p-6">
          <AlertDialog.Title className="font-semibold">
            {total === 1 ? 'Remove your image?' : `Remove all ${formatCount(total)} images?`}
          </AlertDialog.Title>
          <AlertDialog.Description className="text-sm text-muted">
            Your files stay where they are; only this page forgets them. To train on them again, drop them
            again.
          </AlertDialog.Description>
          <div className="flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Keep</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button look="primary" onClick={() => files.removeAll()}>
                Remove
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
