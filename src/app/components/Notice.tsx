import { X } from 'lucide-react'
import type { ReactNode } from 'react'

interface NoticeProps {
  readonly title: string
  readonly children?: ReactNode
  /** Buttons: the ways out. */
  readonly actions?: ReactNode
  /** `alert` interrupts a screen reader; `status` waits for its turn, and stands in a live region of its parent's. */
  readonly urgency?: 'alert' | 'status'
  readonly onDismiss?: () => void
}

export function Notice({ title, children, actions, urgency = 'alert', onDismiss }: NoticeProps) {
  const edge = urgency === 'alert' ? 'border-l-difference' : 'border-l-control'
  return (
    <div
      role={urgency === 'alert' ? 'alert' : undefined}
      className={`plate flex flex-wrap items-start gap-x-4 gap-y-2 border-l-4 p-3 ${edge}`}
    >
      <div className="min-w-0 flex-1 basis-64 text-sm leading-relaxed break-words">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
      <div className="flex items-center gap-2">
        {actions}
        {onDismiss && (
          <button
            type="button"
            aria-label="Dismiss"
            onClick={onDismiss}
            className="rounded-plate text-muted hover:bg-well hover:text-ink grid size-7 place-items-center"
          >
            <X size="1rem" aria-hidden />
          </button>
        )}
      </div>
    </div>
  )
}
