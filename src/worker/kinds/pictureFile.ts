import {
  damaged,
  HEAD_BYTES,
  KEPT_SIDE,
  readHeader,
  type ImageHeader,
} from '../../modalities/image/decode.ts'
import type { Refusal } from '../kind.ts'

const THUMBNAIL_SIDE = 48

/** A person's image, ready to be kept. */
export interface DecodedPicture {
  /** `[64, 64, 3]`, 8-bit RGB. */
  readonly rgb: Uint8Array
  readonly thumbnail: ImageBitmap
  /** What a person might not expect, as sentences. */
  readonly notices: readonly string[]
}

/** Decodes the centre of an image file, or says in a sentence why it cannot be used. */
export async function decodePicture(file: File): Promise<DecodedPicture | Refusal> {
  const head = await readHead(file)
  if (head === undefined)
    return {
      refusal: `“${file.name}” could not be read. It may have been moved or changed: choose it again.`,
    }
  const result = readHeader(file.name, head)
  if ('refusal' in result) return result
  const bitmap = await decode(file, result.header).catch(() => undefined)
  if (bitmap === undefined) return { refusal: damaged(file.name) }
  const image = await keep(bitmap)
  const notices = result.header.animated ? [`“${file.name}” is an animation: its first frame is used.`] : []
  return { ...image, notices }
}

async function readHead(file: File): Promise<Uint8Array | undefined> {
  return file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .then(
      (buffer) => new Uint8Array(buffer),
      () => undefined,
    )
}

/** Large images are scaled down while decoding, so that the full size is never held as a bitmap. */
function decode(file: File, { width, height }: ImageHeader): Promise<ImageBitmap> {
  if (Math.min(width, height) <= 2 * KEPT_SIDE) return createImageBitmap(file)
  const shortSide = width < height ? { resizeWidth: KEPT_SIDE } : { resizeHeight: KEPT_SIDE }
  return createImageBitmap(file, { ...shortSide, resizeQuality: 'high' })
}

/** Cuts the largest square out of the centre; what is transparent becomes white. */
async function keep(bitmap: ImageBitmap): Promise<Pick<DecodedPicture, 'rgb' | 'thumbnail'>> {
  const side = Math.min(bitmap.width, bitmap.height)
  const left = (bitmap.width - side) / 2
  const top = (bitmap.height - side) / 2
  const context = new OffscreenCanvas(KEPT_SIDE, KEPT_SIDE).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser gives a background worker no 2D canvas to decode images with.')
  context.fillStyle = 'white'
  context.fillRect(0, 0, KEPT_SIDE, KEPT_SIDE)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, left, top, side, side, 0, 0, KEPT_SIDE, KEPT_SIDE)
  bitmap.close()
  const pixels = context.getImageData(0, 0, KEPT_SIDE, KEPT_SIDE)
  const thumbnail = await createImageBitmap(pixels, {
    resizeWidth: THUMBNAIL_SIDE,
    resizeHeight: THUMBNAIL_SIDE,
    resizeQuality: 'high',
  })
  return { rgb: withoutAlpha(pixels.data), thumbnail }
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3)
  for (let i = 0; i < rgb.length; i++) rgb[i] = rgba[Math.floor(i / 3) * 4 + (i % 3)]
  return rgb
}
