/** Lines of the flow, from the places of the parts that they join. All numbers are CSS pixels. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Line {
  /** SVG path of the curve. */
  readonly path: string
  /** SVG path of the arrow's head. */
  readonly head: string
}

export type Direction = 'right' | 'down' | 'left' | 'up'

const HEAD = 7
const GAP = 4

interface Point {
  readonly x: number
  readonly y: number
}

const TOWARDS: Readonly<Record<Direction, Point>> = {
  right: { x: 1, y: 0 },
  down: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
  up: { x: 0, y: -1 },
}

/**
 * An arrow that leaves `from` and enters `to` in one direction.
 * @param shift where along its side it enters `to`, from −0.5 to 0.5 of that side
 * @param scale of the gap and the head: 1 at a text size of 16 px
 */
export function connect(from: Rect, to: Rect, direction: Direction, shift = 0, scale = 1): Line {
  const along = TOWARDS[direction]
  const start = moved(side(from, along, 0), along, GAP * scale)
  const tip = moved(side(to, { x: -along.x, y: -along.y }, shift), along, -GAP * scale)
  const end = moved(tip, along, -HEAD * scale)
  const reach = Math.abs((end.x - start.x) * along.x + (end.y - start.y) * along.y) / 2
  const [first, second] = [moved(start, along, reach), moved(end, along, -reach)]
  return {
    path: `M${text(start)}C${text(first)} ${text(second)} ${text(end)}`,
    head: arrowHead(tip, end, along, scale),
  }
}

/** The point on the rectangle's side that faces `along`. */
function side({ x, y, width, height }: Rect, along: Point, shift: number): Point {
  return {
    x: x + width * (0.5 + along.x / 2 + (along.x === 0 ? shift : 0)),
    y: y + height * (0.5 + along.y / 2 + (along.y === 0 ? shift : 0)),
  }
}

function arrowHead(tip: Point, base: Point, along: Point, scale: number): string {
  const across = { x: -along.y, y: along.x }
  const half = (HEAD * scale) / 2
  return `M${text(tip)}L${text(moved(base, across, half))}L${text(moved(base, across, -half))}z`
}

function moved(point: Point, along: Point, distance: number): Point {
  return { x: point.x + along.x * distance, y: point.y + along.y * distance }
}

function text({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`
}

function round(value: number): number {
  return Math.round(10 * value) / 10
}
