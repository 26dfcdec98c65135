import { useEffect, useState, type RefObject } from 'react'
import { connect, type Direction, type Line, type Rect } from './flow.ts'

/** Each part of the picture marks its frame with `data-flow`, its name. */
export type PartName =
  'sample' | 'whole' | 'masked' | 'teacher' | 'student' | 'targets' | 'predictions' | 'difference'

interface Edge {
  readonly from: PartName
  readonly to: PartName
  readonly colour: string
  readonly shift?: number
}

const TEACHER = 'var(--color-teacher)'
const STUDENT = 'var(--color-student)'

/** In the order in which data flows. */
const FORWARD: readonly Edge[] = [
  { from: 'sample', to: 'whole', colour: TEACHER },
  { from: 'sample', to: 'masked', colour: STUDENT },
  { from: 'whole', to: 'teacher', colour: TEACHER },
  { from: 'masked', to: 'student', colour: STUDENT },
  { from: 'teacher', to: 'targets', colour: TEACHER },
  { from: 'student', to: 'predictions', colour: STUDENT },
  { from: 'targets', to: 'difference', colour: TEACHER, shift: -0.2 },
  { from: 'predictions', to: 'difference', colour: STUDENT, shift: 0.2 },
]

interface DrawnLine extends Line {
  readonly key: string
  readonly colour: string
}

interface FlowLinesProps {
  /** The positioned element that holds the parts. */
  readonly container: RefObject<HTMLElement | null>
  /** Whether dashes move along the lines. */
  readonly live: boolean
}

/** The arrows between the parts, drawn over them wherever the layout has put them. */
export function FlowLines({ container, live }: FlowLinesProps) {
  const lines = useLines(container)
  return (
    <svg className="pointer-events-none absolute inset-0 size-full overflow-visible" aria-hidden>
      {lines.map(({ key, path, head, colour }) => (
        <g key={key} style={{ color: colour }}>
          <path
            d={path}
            fill="none"
            stroke="currentColor"
            strokeWidth="0.125rem"
            opacity={live ? 0.35 : 0.7}
          />
          {live && (
            <path
              d={path}
              fill="none"
              stroke="currentColor"
              strokeWidth="0.1875rem"
              strokeLinecap="round"
              strokeDasharray="4 12"
              className="animate-flow"
            />
          )}
          <path d={head} fill="currentColor" />
        </g>
      ))}
    </svg>
  )
}

/** Measures the parts, and again whenever one of them changes its size. */
function useLines(container: RefObject<HTMLElement | null>): readonly DrawnLine[] {
  const [lines, setLines] = useState<readonly DrawnLine[]>([])
  // Not a layout effect: the container is a parent, whose ref is set after its children's layout effects.
  useEffect(() => {
    const root = container.current
    if (root === null) return
    const observer = new ResizeObserver(() => setLines(drawLines(measure(root))))
    observer.observe(root)
    for (const part of root.querySelectorAll('[data-flow]')) observer.observe(part)
    return () => observer.disconnect()
  }, [container])
  return lines
}

/** A part's picture, and the part as a whole with its words. */
interface Place {
  readonly frame: Rect
  readonly whole: Rect
}

type Places = Readonly<Partial<Record<PartName, Place>>>

function measure(root: HTMLElement): Places {
  const origin = root.getBoundingClientRect()
  const parts = Array.from(root.querySelectorAll<HTMLElement>('[data-flow]'), (part) => {
    const frame = relativeTo(origin, part)
    const whole = relativeTo(origin, part.parentElement ?? part)
    return [part.dataset.flow, { frame, whole }]
  })
  return Object.fromEntries(parts) as Places
}

function relativeTo(origin: DOMRect, element: Element): Rect {
  const { x, y, width, height } = element.getBoundingClientRect()
  return { x: x - origin.x, y: y - origin.y, width, height }
}

function drawLines(places: Places): DrawnLine[] {
  const { teacher, student } = places
  if (teacher === undefined || student === undefined) return []
  // Side by side, data flows down; one above the other, it flows to the right.
  const sideBySide = Math.abs(teacher.frame.y - student.frame.y) < teacher.frame.height / 2
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
  const forward: Direction = sideBySide ? 'down' : 'right'
  const lines = FORWARD.flatMap(({ from, to, colour, shift = 0 }) => {
    const [start, end] = [places[from], places[to]]
    if (start === undefined || end === undefined) return []
    const reach = sideBySide ? 'whole' : 'frame' // downwards the lines pass the words, to the right only the pictures
    return [{ key: `${from}-${to}`, colour, ...connect(start[reach], end[reach], forward, shift, scale) }]
  })
  const back: Direction = sideBySide ? 'left' : 'up'
  return [...lines, { key: 'ema', colour: STUDENT, ...connect(student.frame, teacher.frame, back, 0, scale) }]
}
