import { useLayoutEffect, useRef } from 'react'

interface Props {
  readonly bitmap: ImageBitmap
  readonly className?: string
}

/** An image of the person, small. Its name is told by what stands around it. */
export function Thumbnail({ bitmap, className = '' }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.drawImage(bitmap, 0, 0)
  }, [bitmap])
  return (
    <canvas
      ref={canvas}
      width={bitmap.width}
      height={bitmap.height}
      aria-hidden
      className={`rounded ${className}`}
    />
  )
}
