import { useEffect, useRef } from 'react'
import type { SpritePreview } from '../../config/about.ts'
import { tileCorner } from './tileCorner.ts'

const COLUMNS = 3

/** A few real samples of a set, cut from its picture at their own resolution. */
export function TileMosaic({ preview }: { readonly preview: SpritePreview }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const stop = new AbortController()
    const draw = async () => {
      const sprite = await loadSprite(preview.sprite, stop.signal)
      const context = canvas.current?.getContext('2d')
      if (context) drawTiles(context, preview, sprite)
      sprite.close()
    }
    // Without its thumbnails a set can still be chosen: its name and content stand beside them.
    draw().catch(() => undefined)
    return () => stop.abort()
  }, [preview])
  const { tile, tiles } = preview
  const [width, height] = [COLUMNS * tile, (tiles.length / COLUMNS) * tile]
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      aria-hidden
      className="w-24 shrink-0 rounded bg-well [image-rendering:pixelated]"
    />
  )
}

/** Decoded off the main thread; the worker reads the same file, so the browser fetches it once. */
async function loadSprite(path: string, signal: AbortSignal): Promise<ImageBitmap> {
  const response = await fetch(new URL(path, document.baseURI), { signal })
  if (!response.ok) throw new Error(`${path}: ${response.statusText}`)
  return createImageBitmap(await response.blob())
}

function drawTiles(context: CanvasRenderingContext2D, preview: SpritePreview, sprite: ImageBitmap): void {
  const { tile, tiles } = preview
  tiles.forEach((index, i) => {
    const [x, y] = tileCorner(preview, index)
    const [left, top] = [(i % COLUMNS) * tile, Math.floor(i / COLUMNS) * tile]
    context.drawImage(sprite, x, y, tile, tile, left, top, tile, tile)
  })
}
