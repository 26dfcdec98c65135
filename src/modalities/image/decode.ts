import { imageSize } from 'image-size'
import { kindOf, KINDS, latin1, type FileKind } from '../sniff.ts'

/** Enough for the headers of any image, even behind a large colour profile or a preview. */
export const HEAD_BYTES = 2 ** 20

/** Images are kept this large, and scaled from here to the side that a run asks for. */
export const KEPT_SIDE = 64

const LEAST_SIDE = 8
const MOST_PIXELS = 100_000_000

export const ACCEPTED = 'PNG, JPEG, WebP, GIF or AVIF'

/** What the header of a file promises; the pixels may still turn out to be damaged. */
export interface ImageHeader {
  /** Pixels as shown, that is, after a camera's rotation. */
  readonly width: number
  readonly height: number
  readonly animated: boolean
}

/** Reads the first bytes of a person's file, or says in a sentence why it cannot be used. */
export function readHeader(
  file: string,
  head: Uint8Array,
): { readonly header: ImageHeader } | { readonly refusal: string } {
  if (head.length === 0) return { refusal: `“${file}” is empty. Save or download it again.` }
  const kind = kindOf(head)
  if (!READABLE.includes(kind)) return { refusal: noPicture(file, kind) }
  const size = sizeOf(head)
  if (size === undefined) return { refusal: damaged(file) }
  const refusal = outOfRange(file, size.width, size.height)
  return refusal === undefined ? { header: { ...size, animated: isAnimated(kind, head) } } : { refusal }
}

export function damaged(file: string): string {
  return `“${file}” is damaged or cut short: the browser cannot decode it. Save or download it again.`
}

const READABLE: readonly FileKind[] = ['png', 'jpeg', 'webp', 'gif', 'avif', 'bmp']

/** Images that no browser decodes from a file. */
const UNREADABLE: readonly FileKind[] = ['tiff', 'heic', 'jxl', 'jp2', 'psd', 'ico']

/** Whether a file is an image, be it one that cannot be used. */
export function isPicture(kind: FileKind): boolean {
  return kind === 'svg' || READABLE.includes(kind) || UNREADABLE.includes(kind)
}

function noPicture(file: string, kind: FileKind): string {
  if (kind === 'svg') return `“${file}” is an SVG drawing, not pixels. Export it as PNG.`
  if (UNREADABLE.includes(kind))
    return `“${file}” is ${KINDS[kind]}, which browsers cannot read. Save it as PNG or JPEG.`
  return `“${file}” is ${KINDS[kind]}, not an image. Choose ${ACCEPTED} files.`
}

function outOfRange(file: string, width: number, height: number): string | undefined {
  const size = `${width.toLocaleString('en')} × ${height.toLocaleString('en')} px`
  if (width < LEAST_SIDE || height < LEAST_SIDE)
    return `“${file}” is only ${size}. Choose images of at least ${LEAST_SIDE} px a side.`
  if (width * height > MOST_PIXELS)
    return `“${file}” is ${size}, and the limit is ${MOST_PIXELS / 1e6} megapixels. Save it smaller.`
  return undefined
}

function sizeOf(head: Uint8Array): { width: number; height: number } | undefined {
  try {
    const { width, height, orientation = 1 } = imageSize(asStillAvif(head))
    return orientation >= 5 ? { width: height, height: width } : { width, height }
  } catch {
    return undefined
  }
}

/** `image-size` does not know the brand of animated AVIF, whose header is otherwise the same. */
function asStillAvif(head: Uint8Array): Uint8Array {
  if (!/^.{4}ftyp(?!avif)/s.test(latin1(head.subarray(0, 12)))) return head
  const copy = head.slice()
  copy.set(new TextEncoder().encode('avif'), 8)
  return copy
}

function isAnimated(kind: FileKind, head: Uint8Array): boolean {
  const start = latin1(head.subarray(0, 64))
  switch (kind) {
    case 'gif':
      return gifFrames(head) > 1
    case 'png':
      return latin1(head).split('IDAT', 1)[0].includes('acTL')
    case 'webp':
      return start.startsWith('VP8X', 12) && (head[20] & 2) !== 0
    case 'avif':
      return start.includes('avis')
    default:
      return false
  }
}

/** Image descriptors among the blocks of a GIF, as far as `bytes` go. */
function gifFrames(bytes: Uint8Array): number {
  const tableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  const afterSubBlocks = (from: number) => {
    let at = from
    while (at < bytes.length && bytes[at] !== 0) at += bytes[at] + 1
    return at + 1
  }
  let frames = 0
  let at = 13 + tableBytes(bytes[10])
  while (at < bytes.length) {
    if (bytes[at] === 0x21) {
      at = afterSubBlocks(at + 2)
    } else if (bytes[at] === 0x2c) {
      frames += 1
      at = afterSubBlocks(at + 10 + tableBytes(bytes[at + 9]) + 1)
    } else break
  }
  return frames
}
