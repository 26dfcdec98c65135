import { ImageDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useState, type RefObject } from 'react'
import { messageOf } from '../../messageOf.ts'
import { Button } from '../components/Button.tsx'
import { PICTURE_KINDS, saveFigure, type PictureKind } from './saveFigure.ts'

interface Props {
  readonly title: string
  readonly figure: RefObject<HTMLElement | null>
}

/** Saves the figure as it is now, as a picture. */
export function SaveFigure({ title, figure }: Props) {
  const [failure, setFailure] = useState<string | null>(null)
  const save = (kind: PictureKind) => {
    if (figure.current === null) return
    setFailure(null)
    saveFigure(figure.current, title, kind).catch((error: unknown) => {
      setFailure(`The browser could not draw it: ${messageOf(error)}`)
    })
  }
  return (
    <div data-not-saved className="-mr-2 flex items-center">
      {failure !== null && (
        <p role="alert" className="text-difference-text max-w-48 text-xs">
          {failure}
        </p>
      )}
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <Button
            look="quiet"
            size="small"
            aria-label={`Save ${title} as a picture`}
            title="Save as a picture"
          >
            <ImageDown size="0.875rem" aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            className="plate border-rule bg-surface z-30 min-w-24 border p-1 text-xs shadow-lg"
          >
            {PICTURE_KINDS.map((kind) => (
              <DropdownMenu.Item
                key={kind}
                className="data-highlighted:bg-well rounded-plate cursor-pointer px-2 py-1.5 outline-none"
                onSelect={() => save(kind)}
              >
                {kind.toUpperCase()}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  )
}
