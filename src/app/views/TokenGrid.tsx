import { useId, type PointerEvent, type ReactNode } from 'react'
import { gridPath, maskedPath, outlinePath, tokenAt, type Grid } from './grid.ts'
import { highlight, useHighlighted } from './highlight.ts'
import type { Rgba } from './pixels.ts'
import type { Marks } from './role.ts'
import type { Shades } from './view.ts'

interface TokenGridProps {
  readonly grid: Grid
  readonly mask: Uint8Array
  readonly marks: Marks
  /** Whether the lines between tokens are drawn. */
  readonly lines: boolean
  /** Width of the picture over its height. */
  readonly aspect?: number
  /** The picture that the grid lies on. */
  readonly children: ReactNode
  /** Laid over the picture and over what is hatched. */
  readonly shades?: Shades | undefined
  /** Laid over all: the keyboard's way to a token. */
  readonly picker?: ReactNode
}

/** Tokens that lie in a grid over a picture. Pointing at one highlights it in all pictures of the sample. */
export function TokenGrid(props: TokenGridProps) {
  const { grid, mask, marks, lines, aspect = 1, shades, children, picker } = props
  const hatch = useId()
  const [rows, columns] = grid
  return (
    <div
      className="outline-rule relative size-full outline-1"
      onPointerMove={(event) => point(event, grid)}
      onPointerLeave={leave}
    >
      {children}
      <svg
        viewBox={`0 0 ${columns} ${rows}`}
        preserveAspectRatio="none"
        className="absolute inset-0 size-full overflow-visible"
        aria-hidden
      >
        {marks === 'hatch' && (
          <>
            <Hatch id={hatch} grid={grid} aspect={aspect} />
            <path d={maskedPath(mask, grid)} fill={`url(#${hatch})`} />
          </>
        )}
        {shades && <Shaded grid={grid} colours={shades.colours} />}
        {lines && (
          <path
            d={gridPath(grid)}
            stroke="var(--color-surface)"
            strokeWidth="0.09375rem"
            vectorEffect="non-scaling-stroke"
          />
        )}
        {marks === 'outline' && <Outline path={outlinePath(mask, grid)} />}
        <Highlighted grid={grid} otherwise={shades?.from ?? null} />
      </svg>
      {picker}
    </div>
  )
}

/** The picture stands back, so that the colours of its tokens can be told apart. */
const STANDS_BACK = 0.7

function Shaded({ grid: [rows, columns], colours }: { readonly grid: Grid; readonly colours: Rgba }) {
  return (
    <>
      <rect width={columns} height={rows} fill="var(--color-surface)" fillOpacity={STANDS_BACK} />
      {Array.from({ length: colours.length / 4 }, (_, i) => (
        <rect
          key={i}
          x={i % columns}
          y={Math.floor(i / columns)}
          width={1}
          height={1}
          fill={`rgb(${colours.subarray(4 * i, 4 * i + 3).join(' ')})`}
          fillOpacity={colours[4 * i + 3] / 255}
        />
      ))}
    </>
  )
}

/** A line with a rim of the other extreme: it shows on light and on dark pixels. */
function Outline({ path }: { readonly path: string }) {
  const line = { d: path, fill: 'none', strokeLinecap: 'square', vectorEffect: 'non-scaling-stroke' } as const
  return (
    <>
      <path {...line} stroke="var(--color-surface)" strokeWidth="0.25rem" />
      <path {...line} stroke="var(--color-ink)" strokeWidth="0.109375rem" />
    </>
  )
}

/** Lines of the hatch across the picture's height; large tokens get four. */
const HATCH_LINES = 40

interface HatchProps {
  readonly id: string
  readonly grid: Grid
  readonly aspect: number
}

/** Grey with diagonal lines: what is hidden is told by form, not by colour alone. */
function Hatch({ id, grid: [rows, columns], aspect }: HatchProps) {
  const size = Math.max(1, HATCH_LINES / (4 * Math.max(rows, columns)))
  // In units of the picture, not of tokens, which may be narrow and high.
  const upright = `scale(${columns / (HATCH_LINES * aspect)} ${rows / HATCH_LINES}) rotate(45)`
  return (
    <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse" patternTransform={upright}>
      <rect width={size} height={size} fill="var(--color-masked)" />
      <rect width={size / 4} height={size} fill="var(--color-masked-line)" />
    </pattern>
  )
}

/** Where there are more tokens side by side, a thick frame would cover what it points at. */
const MOST_WIDE = 16

interface HighlightedProps {
  readonly grid: Grid
  /** The token that is marked while none is pointed at. */
  readonly otherwise: number | null
}

function Highlighted({ grid: [rows, columns], otherwise }: HighlightedProps) {
  const token = useHighlighted(rows * columns) ?? otherwise
  if (token === null) return null
  const [x, y] = [token % columns, Math.floor(token / columns)]
  const thin = columns > MOST_WIDE
  const square = { x, y, width: 1, height: 1, fill: 'none', vectorEffect: 'non-scaling-stroke' } as const
  return (
    <>
      <rect {...square} stroke="var(--color-surface)" strokeWidth={thin ? '0.25rem' : '0.375rem'} />
      <rect {...square} stroke="var(--color-ink)" strokeWidth={thin ? '0.109375rem' : '0.1875rem'} />
    </>
  )
}

function point(event: PointerEvent<HTMLElement>, grid: Grid): void {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
  highlight(tokenAt((event.clientX - left) / width, (event.clientY - top) / height, grid))
}

function leave(): void {
  highlight(null)
}
