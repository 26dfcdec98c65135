/** What a file may be, as a sentence calls it. */
export const KINDS = {
  png: 'a PNG image',
  jpeg: 'a JPEG image',
  webp: 'a WebP image',
  gif: 'a GIF image',
  bmp: 'a BMP image',
  avif: 'an AVIF image',
  heic: 'a HEIC image',
  tiff: 'a TIFF image',
  jxl: 'a JPEG XL image',
  jp2: 'a JPEG 2000 image',
  psd: 'a Photoshop document',
  ico: 'an icon',
  svg: 'an SVG drawing',
  pdf: 'a PDF document',
  rtf: 'a rich text document',
  zip: 'a ZIP archive or an office document',
  office: 'an office document',
  video: 'a video',
  audio: 'a sound',
  text: 'text',
  unknown: 'of a kind that is not known here',
} as const

export type FileKind = keyof typeof KINDS

/* eslint-disable no-control-regex -- file signatures contain control characters, and text does not */

/** Bytes at the start of a file that give its kind away; `.` stands for any byte. */
const SIGNATURES: readonly (readonly [RegExp, FileKind])[] = [
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
  [/^\{\\rtf/, 'rtf'],
  [/^PK\x03\x04/, 'zip'],
  [/^\xd0\xcf\x11\xe0/, 'office'],
  [/^(.{4}ftyp|\x1a\x45\xdf\xa3|RIFF.{4}AVI )/s, 'video'],
  [/^(ID3|OggS|fLaC|RIFF.{4}WAVE|\xff[\xf2-\xfb])/s, 'audio'],
  [/^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg/s, 'svg'],
]

/** What a file is by its first bytes, whatever its name. Text in other encodings than UTF-8 is not known here. */
export function kindOf(head: Uint8Array): FileKind {
  const start = latin1(head.subarray(0, 1024))
  const found = SIGNATURES.find(([signature]) => signature.test(start))
  return found?.[1] ?? (isUtf8(head.subarray(0, 1024)) ? 'text' : 'unknown')
}

/** Well-formed UTF-8 without control characters other than white space. */
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes)
  // A character that the cut at the end of `bytes` went through is no sign of anything.
  return !/[\0-\x08\x0e-\x1f]|\ufffd(?!$)/.test(text)
}

/* eslint-enable no-control-regex */

/** One character for each byte, so that patterns can look at bytes. */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return text
}
