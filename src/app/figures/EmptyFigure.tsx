import type { ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  /** Its size, that of the picture to come. */
  readonly className: string
}

/** The place of a picture that is not there yet: what will appear, and what to press. */
export function EmptyFigure({ children, className }: Props) {
  return (
    <div
      className={`grid place-items-center ${className} rounded-plate bg-well p-6 text-center text-sm text-muted`}
    >
      <p className="max-w-64">{children}</p>
    </div>
  )
}
