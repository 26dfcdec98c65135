import { imageSize } from 'image-size'

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
  if (!(kind in READABLE)) return { refusal: unreadable(file, kind) }
  const size = sizeOf(head)
  if (size === undefined) return { refusal: damaged(file) }
  const refusal = outOfRange(file, size.width, size.height)
  return refusal === undefined ? { header: { ...size, animated: isAnimated(kind, head) } } : { refusal }
}

export function damaged(file: string): string {
  return `“${file}” is damaged or cut short: the browser cannot decode it. Save or download it again.`
}

const READABLE = { png: true, jpeg: true, webp: true, gif: true, avif: true, bmp: true }

/** Images that no browser decodes from a file, and what people call them. */
const UNREADABLE: Readonly<Record<string, string>> = {
  tiff: 'a TIFF image',
  heic: 'a HEIC image',
  jxl: 'a JPEG XL image',
  jp2: 'a JPEG 2000 image',
  psd: 'a Photoshop document',
  ico: 'an icon',
}

/** Other files that end up among images. */
const OTHER: Readonly<Record<string, string>> = {
  pdf: 'a PDF document',
  zip: 'a ZIP archive or an office document',
  video: 'a video',
  audio: 'a sound',
  text: 'text',
  unknown: 'of a kind that is not known here',
}

function unreadable(file: string, kind: string): string {
  if (kind === 'svg') return `“${file}” is an SVG drawing, not pixels. Export it as PNG.`
  if (kind in UNREADABLE)
    return `“${file}” is ${UNREADABLE[kind]}, which browsers cannot read. Save it as PNG or JPEG.`
  return `“${file}” is ${OTHER[kind]}, not an image. Choose ${ACCEPTED} files.`
}

function outOfRange(file: string, width: number, height: number): string | undefined {
  const size = `${width.toLocaleString('en')} × ${height.toLocaleString('en')} px`
  if (width < LEAST_SIDE || height < LEAST_SIDE)
    return `“${file}” is only ${size}. Choose images of at least ${LEAST_SIDE} px a side.`
  if (width * height > MOST_PIXELS)
    return `“${file}” is ${size}, and the limit is ${MOST_PIXELS / 1e6} megapixels. Save it smaller.`
  return undefined
}

/* eslint-disable no-control-regex -- file signatures contain control characters, and text does not */

/** Bytes at the start of a file that give its kind away; `.` stands for any byte. */
const SIGNATURES: readonly (readonly [RegExp, string])[] = [
  [/^\x89PNG\r\n\x1a\n/, 'png'],
  [/^\xff\xd8\xff/, 'jpeg'],
  [/^RIFF.{4}WEBP/s, 'webp'],
  [/^GIF8[79]a/, 'gif'],
  [/^BM.{4}\0{4}/s, 'bmp'],
  [/^.{4}ftyp(avif|avis|.{8,64}avif)/s, 'avif'],
  [/^.{4}ftyp(hei|hev|mif1|msf1)/s, 'heic'],
  [/^(II\*\0|MM\0\*)/, 'tiff'],
  [/^(\xff\x0a|\0{3}\x0cJXL )/, 'jxl'],
  [/^\0{3}\x0cjP {2}/, 'jp2'],
  [/^8BPS/, 'psd'],
  [/^\0\0[\x01\x02]\0[^\0]\0/, 'ico'],
  [/^%PDF/, 'pdf'],
  [/^PK\x03\x04/, 'zip'],
  [/^(.{4}ftyp|\x1a\x45\xdf\xa3|RIFF.{4}AVI )/s, 'video'],
  [/^(ID3|OggS|fLaC|RIFF.{4}WAVE|\xff[\xf2-\xfb])/s, 'audio'],
  [/^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg/s, 'svg'],
]

function kindOf(head: Uint8Array): string {
  const start = latin1(head.subarray(0, 1024))
  const found = SIGNATURES.find(([signature]) => signature.test(start))
  return found?.[1] ?? (isText(head.subarray(0, 1024)) ? 'text' : 'unknown')
}

/** Well-formed UTF-8 without control characters other than white space. */
function isText(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes)
  // A character that the cut at the end of `bytes` went through is no sign of anything.
  return !/[\0-\x08\x0e-\x1f]|\ufffd(?!$)/.test(text)
}

/* eslint-enable no-control-regex */

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

function isAnimated(kind: string, head: Uint8Array): boolean {
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

/** One character for each byte, so that patterns can look at bytes. */
function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return text
}
