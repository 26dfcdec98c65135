import type { ReactNode } from 'react'

/** The place of a picture that is not there yet: what will appear, and what to press. */
export function EmptyFigure({ children }: { readonly children: ReactNode }) {
  return (
    <div className="grid min-h-44 place-items-center rounded-plate bg-well p-6 text-center text-sm text-muted">
      <p className="max-w-64">{children}</p>
    </div>
  )
}
