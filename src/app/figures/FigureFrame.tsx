import { useId, useRef, type ReactNode } from 'react'
import { SaveFigure } from './SaveFigure.tsx'

interface Props {
  readonly title: string
  /** One sentence: what to look for. */
  readonly caption: ReactNode
  /** What the picture says now, for a person who cannot see it. */
  readonly description: string
  /** Controls of the figure itself, at the right of its title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A plate with a title, a picture and the sentence under it. */
export function FigureFrame({ title, caption, description, actions, children }: Props) {
  const id = useId()
  const figure = useRef<HTMLElement>(null)
  return (
    <figure ref={figure} aria-labelledby={id} className="plate grid content-start gap-3 p-4">
      <div className="flex min-h-7 items-center justify-between gap-4">
        <h2 id={id} className="small-caps text-muted">
          {title}
        </h2>
        <div className="flex items-center gap-2">
          {actions}
          <SaveFigure title={title} figure={figure} />
        </div>
      </div>
      <p className="sr-only">{description}</p>
      {children}
      <figcaption className="max-w-prose text-[0.8125rem] leading-relaxed text-muted">{caption}</figcaption>
    </figure>
  )
}
