import { ArrowUpRight } from 'lucide-react'
import { FIGURES, openFigure, type FigureName } from './openFigure.ts'

interface FigureLinkProps {
  readonly to: FigureName
  readonly children: string
}

/** The name of a part, as the way to the figure that shows more of it. */
export function FigureLink({ to, children }: FigureLinkProps) {
  return (
    <button
      type="button"
      onClick={() => openFigure(to)}
      aria-label={`${children}: show the figure ${FIGURES[to]}`}
      className="inline-flex min-h-6 items-center gap-1 text-left [text-transform:inherit] hover:underline"
    >
      {children} <ArrowUpRight size="0.75rem" aria-hidden />
    </button>
  )
}
