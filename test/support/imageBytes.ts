/** The least bytes that say “an image of this size”: headers as their formats define them, without the pixels. */

/** Text as one byte a character, and numbers as bytes. */
export function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const all = parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part))
  return Uint8Array.from(all)
}

export function png(width: number, height: number, { animated = false } = {}): Uint8Array<ArrayBuffer> {
  const chunk = (name: string, data: number[]) => bytes(big(data.length), name, data, [0, 0, 0, 0])
  return join(
    bytes([0x89], 'PNG\r\n', [0x1a], '\n'),
    chunk('IHDR', [...big(width), ...big(height), 8, 2, 0, 0, 0]),
    animated ? chunk('acTL', [...big(2), ...big(0)]) : bytes(),
    chunk('IDAT', [0]),
  )
}

export function jpeg(width: number, height: number, { orientation = 1 } = {}): Uint8Array<ArrayBuffer> {
  const tiff = bytes('MM', [
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ])
  const exif = join(bytes('Exif', [0, 0]), tiff)
  const frame = bytes([8, ...big16(height), ...big16(width), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1])
  const segment = (marker: number, data: Uint8Array) =>
    join(bytes([0xff, marker, ...big16(data.length + 2)]), data)
  return join(bytes([0xff, 0xd8]), segment(0xe1, exif), segment(0xc0, frame), bytes([0xff, 0xd9]))
}

export function webp(width: number, height: number, { animated = false } = {}): Uint8Array<ArrayBuffer> {
  const size = [...little24(width - 1), ...little24(height - 1)]
  return bytes('RIFF', [22, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0, animated ? 2 : 0, 0, 0, 0, ...size])
}

/** Frames of one grey pixel, each with a control block before it. */
export function gif(width: number, height: number, { frames = 1 } = {}): Uint8Array<ArrayBuffer> {
  const control = [0x21, 0xf9, 4, 0, 10, 0, 0, 0]
  const frame = [...control, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
  const screen = [...little16(width), ...little16(height), 0x80, 0, 0]
  const colours = [128, 128, 128, 0, 0, 0]
  return join(
    bytes('GIF89a', screen, colours),
    ...Array.from({ length: frames }, () => bytes(frame)),
    bytes([0x3b]),
  )
}

export function bmp(width: number, height: number): Uint8Array<ArrayBuffer> {
  const file = [54, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0]
  return bytes('BM', file, [40, 0, 0, 0, ...little16(width), 0, 0, ...little16(height), 0, 0, 1, 0, 24, 0])
}

/** Boxes within boxes, of which the innermost says the size. */
export function avif(width: number, height: number, { animated = false } = {}): Uint8Array<ArrayBuffer> {
  const box = (name: string, ...content: Uint8Array[]) => {
    const data = join(...content)
    return join(bytes(big(data.length + 8), name), data)
  }
  const version = bytes([0, 0, 0, 0])
  const size = box('ispe', version, bytes([...big(width), ...big(height)]))
  const properties = box('iprp', box('ipco', size))
  return join(
    box('ftyp', bytes(animated ? 'avis' : 'avif', [0, 0, 0, 0], 'avifmif1')),
    box('meta', version, properties),
  )
}

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

const big = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255)
const big16 = (value: number) => big(value).slice(2)
const little16 = (value: number) => big16(value).reverse()
const little24 = (value: number) => big(value).slice(1).reverse()
