import type { ReactNode } from 'react'
import { FigureLink } from './FigureLink.tsx'
import type { PartName } from './FlowLines.tsx'
import type { FigureName } from './openFigure.ts'

const COLOURS = {
  plain: 'text-ink',
  teacher: 'text-teacher-text',
  student: 'text-student-text',
  difference: 'text-difference-text',
} as const

interface PartProps {
  readonly name: PartName
  readonly title: string
  /** The figure that shows more of it. */
  readonly figure?: FigureName
  readonly colour: keyof typeof COLOURS
  /** The picture; a square. */
  readonly picture: ReactNode
  /** One sentence: what to look for. */
  readonly children: ReactNode
  /** The setting that changes this part. */
  readonly control?: ReactNode
}

/** One part of the method: its name, its picture, a sentence and the setting that changes it. */
export function Part({ name, title, figure, colour, picture, children, control }: PartProps) {
  return (
    <div className="stage-part" data-part={name} style={{ gridArea: name }}>
      <h3 className={`small-caps flex min-h-6 items-center truncate ${COLOURS[colour]}`}>
        {figure === undefined ? title : <FigureLink to={figure}>{title}</FigureLink>}
      </h3>
      <div className="stage-frame" data-flow={name}>
        {picture}
      </div>
      <p className="text-muted text-xs leading-snug">{children}</p>
      {control !== undefined && <div className="stage-control">{control}</div>}
    </div>
  )
}
