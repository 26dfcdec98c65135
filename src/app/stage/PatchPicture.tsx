import { useId, useLayoutEffect, useRef, type PointerEvent, type ReactNode } from 'react'
import { highlight, useHighlight } from './highlight.ts'
import { gridPath, maskedPath, outlinePath, patchAt, type Grid } from './patches.ts'

type Rgba = Uint8ClampedArray<ArrayBuffer>

interface PatchPictureProps {
  /** What the picture shows, for a person who cannot see it. */
  readonly label: string
  /** A square of pixels, `[side × side, 4]`; one pixel a patch will do. */
  readonly pixels: Rgba
  readonly grid: Grid
  readonly mask: Uint8Array
  /** How the masked patches are marked: hatched over, by their outline, or not at all. */
  readonly marks: 'hatch' | 'outline' | 'none'
  /** Whether the lines between patches are drawn. */
  readonly lines?: boolean
  /** Laid over the picture: the keyboard's way to a patch. */
  readonly children?: ReactNode
}

/** A picture cut into patches. Pointing at a patch highlights it in all of them. */
export function PatchPicture({
  label,
  pixels,
  grid,
  mask,
  marks,
  lines = true,
  children,
}: PatchPictureProps) {
  const hatch = useId()
  const [rows, columns] = grid
  return (
    <div
      className="outline-rule relative size-full outline-1"
      onPointerMove={(event) => point(event, grid)}
      onPointerLeave={leave}
    >
      <Pixels label={label} pixels={pixels} />
      <svg
        viewBox={`0 0 ${columns} ${rows}`}
        preserveAspectRatio="none"
        className="absolute inset-0 size-full overflow-visible"
        aria-hidden
      >
        {marks === 'hatch' && (
          <>
            <Hatch id={hatch} columns={columns} />
            <path d={maskedPath(mask, grid)} fill={`url(#${hatch})`} />
          </>
        )}
        {lines && (
          <path
            d={gridPath(grid)}
            stroke="var(--color-surface)"
            strokeWidth="0.09375rem"
            vectorEffect="non-scaling-stroke"
          />
        )}
        {marks === 'outline' && <Outline path={outlinePath(mask, grid)} />}
        <HighlightedPatch columns={columns} />
      </svg>
      {children}
    </div>
  )
}

function Pixels({ label, pixels }: { readonly label: string; readonly pixels: Rgba }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const side = Math.sqrt(pixels.length / 4)
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, side), 0, 0)
  }, [pixels, side])
  return (
    <div role="img" aria-label={label} className="size-full">
      <canvas ref={canvas} width={side} height={side} className="size-full [image-rendering:pixelated]" />
    </div>
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

/** Grey with diagonal lines: what is hidden is told by form, not by colour alone. Four lines cross a patch. */
function Hatch({ id, columns }: { readonly id: string; readonly columns: number }) {
  const size = Math.max(0.25, columns / 40)
  return (
    <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width={size} height={size} fill="var(--color-masked)" />
      <rect width={size / 4} height={size} fill="var(--color-masked-line)" />
    </pattern>
  )
}

function HighlightedPatch({ columns }: { readonly columns: number }) {
  const patch = useHighlight((state) => state.patch)
  if (patch === null) return null
  const [x, y] = [patch % columns, Math.floor(patch / columns)]
  const square = { x, y, width: 1, height: 1, fill: 'none', vectorEffect: 'non-scaling-stroke' } as const
  return (
    <>
      <rect {...square} stroke="var(--color-surface)" strokeWidth="0.375rem" />
      <rect {...square} stroke="var(--color-ink)" strokeWidth="0.1875rem" />
    </>
  )
}

function point(event: PointerEvent<HTMLElement>, grid: Grid): void {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
  highlight(patchAt((event.clientX - left) / width, (event.clientY - top) / height, grid))
}

function leave(): void {
  highlight(null)
}
