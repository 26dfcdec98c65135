import type { PictureSize, Square } from '../modalities/kind.ts'

const THUMBNAIL_SIDE = 48

/** All pixels of a picture, `[height, width, 4]`. @throws if it cannot be decoded */
export async function decodePixels(picture: Blob): Promise<Uint8ClampedArray> {
  const bitmap = await createImageBitmap(picture)
  const { width, height } = bitmap
  const context = contextOf(width, height)
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  return context.getImageData(0, 0, width, height).data
}

/** The largest square from the middle of a picture, scaled; what is transparent becomes white. */
export async function decodeSquare(picture: Blob, size: PictureSize): Promise<Square> {
  const { side } = size
  const bitmap = await decodeScaled(picture, size)
  const cut = Math.min(bitmap.width, bitmap.height)
  const context = contextOf(side, side)
  context.fillStyle = 'white'
  context.fillRect(0, 0, side, side)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, (bitmap.width - cut) / 2, (bitmap.height - cut) / 2, cut, cut, 0, 0, side, side)
  bitmap.close()
  const pixels = context.getImageData(0, 0, side, side)
  const thumbnail = await createImageBitmap(pixels, {
    resizeWidth: THUMBNAIL_SIDE,
    resizeHeight: THUMBNAIL_SIDE,
    resizeQuality: 'high',
  })
  return { rgb: withoutAlpha(pixels.data), thumbnail }
}

/** Large pictures are scaled down while decoding, so that the full size is never held as a bitmap. */
function decodeScaled(picture: Blob, { width, height, side }: PictureSize): Promise<ImageBitmap> {
  if (Math.min(width, height) <= 2 * side) return createImageBitmap(picture)
  const shortSide = width < height ? { resizeWidth: side } : { resizeHeight: side }
  return createImageBitmap(picture, { ...shortSide, resizeQuality: 'high' })
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser gives a background worker no 2D canvas to decode images with.')
  return context
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3)
  for (let i = 0; i < rgb.length; i++) rgb[i] = rgba[Math.floor(i / 3) * 4 + (i % 3)]
  return rgb
}
