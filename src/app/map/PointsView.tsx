import { useEffect, useLayoutEffect, useRef, type MouseEvent } from 'react'
import { useWidth } from '../data/useWidth.ts'
import { EmptyFigure } from '../figures/EmptyFigure.tsx'
import { middlePoint, nearestPoint, pointAfterKey } from './nearestPoint.ts'
import { canDraw, INSET, PointCloud, type Look } from './pointCloud.ts'
import { useReducedMotion } from './useReducedMotion.ts'

interface Props {
  /** `[N, 2]` from −1 to 1. */
  readonly points: Float32Array
  readonly look: Look
  /** The point that is pointed at. */
  readonly pointed: number | null
  /** What it shows, for a person who cannot see it. */
  readonly describe: (point: number) => string
  readonly onPoint: (point: number) => void
  readonly onChoose: (point: number) => void
}

/** Long enough to follow a point with the eyes, short enough to be over before the next places come. */
const MOVE_MS = 400

/** How far from a point it is still meant, in CSS pixels: a finger's breadth. */
const REACH = 20

/** Points in a square, to be pointed at and chosen with mouse, finger or keys. */
export function PointsView({ points, look, pointed, describe, onPoint, onChoose }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  useCloud(canvas, { points, look, width })
  const at = ({ clientX, clientY, currentTarget }: MouseEvent<HTMLElement>) => {
    const { left, top, width: side } = currentTarget.getBoundingClientRect()
    const [x, y] = [(2 * (clientX - left)) / side - 1, 1 - (2 * (clientY - top)) / side]
    return nearestPoint(points, x / INSET, y / INSET, (2 * REACH) / side)
  }
  const start = pointed ?? middlePoint(points)
  if (!canDraw())
    return (
      <EmptyFigure className="aspect-square">
        This browser offers no WebGL 2, which the map is drawn with. Turn on hardware acceleration in its
        settings, or use another.
      </EmptyFigure>
    )
  return (
    <div
      ref={box}
      role="slider"
      tabIndex={0}
      aria-label="Sample"
      aria-valuemin={1}
      aria-valuemax={points.length / 2}
      aria-valuenow={start + 1}
      aria-valuetext={pointed === null ? 'Press an arrow key to choose a sample' : describe(pointed)}
      className="rounded-plate bg-surface aspect-square w-full cursor-crosshair overflow-hidden"
      onPointerMove={(event) => {
        const point = at(event)
        if (point !== null && point !== pointed) onPoint(point)
      }}
      onClick={(event) => {
        const point = at(event)
        if (point === null) return
        onPoint(point)
        onChoose(point)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onChoose(start)
        const next = pointed === null ? start : pointAfterKey(event.key, points, pointed)
        if (next === undefined || !event.key.startsWith('Arrow')) return
        event.preventDefault()
        onPoint(next)
      }}
    >
      <canvas ref={canvas} className="block size-full" aria-hidden />
    </div>
  )
}

interface Shown {
  readonly points: Float32Array
  readonly look: Look
  /** CSS pixels. */
  readonly width: number
}

/** Draws on a canvas, as long as it is there. */
function useCloud(canvas: React.RefObject<HTMLCanvasElement | null>, { points, look, width }: Shown): void {
  const cloud = useRef<PointCloud>(undefined)
  const isStill = useReducedMotion()
  useLayoutEffect(() => {
    if (canvas.current === null) return
    const made = PointCloud.on(canvas.current)
    cloud.current = made
    return () => made?.dispose()
  }, [canvas])
  useEffect(() => cloud.current?.resize(width, width, window.devicePixelRatio), [width])
  useEffect(() => cloud.current?.show(look), [look])
  useEffect(() => cloud.current?.move(points, isStill ? 0 : MOVE_MS), [points, isStill])
}
