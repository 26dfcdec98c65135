import { useLayoutEffect, useRef } from 'react'
import type { Rgba } from './pixels.ts'

interface PixelsProps {
  /** What they show, for a person who cannot see it. */
  readonly label: string
  /** `[height, width, 4]` */
  readonly pixels: Rgba
  readonly width: number
}

/** Pixels stretched over all the room there is; each stays one flat colour. */
export function Pixels({ label, pixels, width }: PixelsProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const height = pixels.length / 4 / width
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, width), 0, 0)
  }, [pixels, width])
  return (
    <div role="img" aria-label={label} className="size-full">
      <canvas
        ref={canvas}
        width={width}
        height={height}
        className="block size-full [image-rendering:pixelated]"
      />
    </div>
  )
}
