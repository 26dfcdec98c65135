import { describe, expect, test } from 'vitest'
import { readHeader } from '../../../../src/modalities/image/decode.ts'
import { avif, bmp, bytes, gif, jpeg, png, webp } from '../../../support/imageBytes.ts'

const refusalOf = (head: Uint8Array, file = 'cat.png') => {
  const result = readHeader(file, head)
  return 'refusal' in result ? result.refusal : undefined
}
const headerOf = (head: Uint8Array) => {
  const result = readHeader('cat.png', head)
  return 'header' in result ? result.header : undefined
}

describe('accepts by content, whatever the name', () => {
  test.each([
    ['PNG', png(40, 30)],
    ['JPEG', jpeg(40, 30)],
    ['WebP', webp(40, 30)],
    ['GIF', gif(40, 30)],
    ['AVIF', avif(40, 30)],
    ['BMP', bmp(40, 30)],
  ])('%s', (_, head) => {
    expect(headerOf(head)).toEqual({ width: 40, height: 30, animated: false })
  })

  test('a JPEG that a camera turned', () => {
    expect(headerOf(jpeg(40, 30, { orientation: 6 }))).toMatchObject({ width: 30, height: 40 })
  })
})

describe('tells animations', () => {
  test.each([
    ['GIF', gif(40, 30, { frames: 3 })],
    ['PNG', png(40, 30, { animated: true })],
    ['WebP', webp(40, 30, { animated: true })],
    ['AVIF', avif(40, 30, { animated: true })],
  ])('%s', (_, head) => {
    expect(headerOf(head)).toMatchObject({ animated: true })
  })
})

describe('refuses, naming the file and the way out', () => {
  test.each([
    ['an empty file', bytes(), /“cat.png” is empty.*again/],
    ['text', bytes('Dear diary,\n'), /“cat.png” is text, not an image.*PNG, JPEG, WebP, GIF or AVIF/],
    ['text cut within a letter', bytes('é'.repeat(512)).subarray(0, 1023), /is text/],
    ['a PDF', bytes('%PDF-1.7\n'), /PDF document/],
    ['a ZIP archive', bytes('PK', [3, 4, 20, 0]), /ZIP archive/],
    ['a video', bytes([0, 0, 0, 24], 'ftypmp42', [0, 0, 0, 0]), /a video/],
    ['a sound', bytes('ID3', [4, 0, 0]), /a sound/],
    ['noise', bytes([1, 2, 3, 250, 251, 0, 9]), /kind that is not known/],
    ['SVG', bytes('<?xml version="1.0"?>\n<svg width="9">'), /SVG drawing.*Export it as PNG/],
    ['TIFF', bytes('II*', [0, 8, 0, 0, 0]), /TIFF image.*Save it as PNG or JPEG/],
    ['HEIC', bytes([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0], 'mif1heic'), /HEIC image/],
    ['a PNG without a header', png(40, 30).subarray(0, 12), /damaged or cut short/],
    ['a JPEG without a frame', jpeg(40, 30).subarray(0, 6), /damaged or cut short/],
    ['a dot', png(1, 1), /only 1 × 1 px.*at least 8 px/],
    ['a line', png(4000, 2), /only 4,000 × 2 px/],
    ['a poster', png(20000, 20000), /20,000 × 20,000 px.*100 megapixels.*smaller/],
  ])('%s', (_, head, message) => {
    expect(refusalOf(head)).toMatch(message)
  })
})
