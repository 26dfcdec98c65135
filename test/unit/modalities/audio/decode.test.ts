import { describe, expect, test } from 'vitest'
import { noticesOf, refuseSound, soundKind } from '../../../../src/modalities/audio/decode.ts'
import { avif, bytes, png } from '../../../support/imageBytes.ts'

const mp4 = (brand: string) => bytes([0, 0, 0, 24], `ftyp${brand}`, [0, 0, 0, 0])

describe('tells sounds by their content', () => {
  test.each([
    ['wav', 'WAV', bytes('RIFF', [9, 0, 0, 0], 'WAVEfmt ')],
    ['wav', 'a WAV beyond 4 GB', bytes('RF64', [255, 255, 255, 255], 'WAVEds64')],
    ['mp3', 'MP3 with a tag', bytes('ID3', [4, 0, 0])],
    ['mp3', 'MP3 without', bytes([0xff, 0xfb, 0x90, 0x64])],
    ['mp3', 'MP3 at half the rate', bytes([0xff, 0xf3, 0x40, 0xc4])],
    ['ogg', 'Ogg with Opus or Vorbis', bytes('OggS', [0, 2])],
    ['flac', 'FLAC', bytes('fLaC', [0, 0, 0, 34])],
    ['aac', 'AAC', bytes([0xff, 0xf1, 0x50, 0x80])],
    ['webm', 'WebM or Matroska', bytes([0x1a, 0x45, 0xdf, 0xa3])],
    ['mp4', 'M4A', mp4('M4A ')],
    ['mp4', 'MP4', mp4('isom')],
    ['mp4', 'a QuickTime film', mp4('qt  ')],
  ])('%s: %s', (kind, _, head) => {
    expect(soundKind(head)).toBe(kind)
    expect(refuseSound('a.txt', 1000, head)).toBeUndefined()
  })

  test.each([
    ['text', bytes('Dear diary, I have no ID3 tag\n')],
    ['UTF-16 text', bytes([0xff, 0xfe, 0x44, 0])],
    ['nothing', bytes()],
    ['a PNG', png(40, 30)],
    ['AVIF', avif(40, 30)],
    ['HEIC', mp4('heic')],
    ['JPEG', bytes([0xff, 0xd8, 0xff, 0xe0])],
    ['a WebP image', bytes('RIFF', [9, 0, 0, 0], 'WEBPVP8 ')],
  ])('and what is none: %s', (_, head) => {
    expect(soundKind(head)).toBeUndefined()
  })
})

describe('refuses, naming the file and the way out', () => {
  test.each([
    ['an empty file', 0, bytes(), /“a.mp3” is empty.*again/],
    ['text', 20, bytes('not a sound'), /“a.mp3” is not a sound. Choose WAV, MP3/],
    [
      'AIFF',
      900,
      bytes('FORM', [0, 0, 9, 9], 'AIFFCOMM'),
      /an AIFF sound, which browsers cannot decode.*WAV or MP3/,
    ],
    ['compressed AIFF', 900, bytes('FORM', [0, 0, 9, 9], 'AIFCFVER'), /an AIFF sound/],
    ['CAF', 900, bytes('caff', [0, 1, 0, 0]), /a Core Audio file/],
    ['WMA', 900, bytes([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11]), /a Windows Media file/],
    ['AMR', 900, bytes('#!AMR\n'), /an AMR recording/],
    ['MIDI', 900, bytes('MThd', [0, 0, 0, 6]), /notes, not sound. Export it as WAV/],
    ['AVI', 900, bytes('RIFF', [9, 0, 0, 0], 'AVI LIST'), /an AVI video/],
    ['a file that is too large', 600 * 2 ** 20, bytes('fLaC'), /has 600 MB, and the limit is 500 MB. Cut it/],
  ])('%s', (_, size, head, message) => {
    expect(refuseSound('a.mp3', size, head)).toMatch(message)
  })
})

test('says of a recording of nothing that it is silent, and nothing of any other', () => {
  expect(noticesOf('a.wav', new Int16Array(1000))).toEqual([
    expect.stringMatching(/“a.wav” is silent.*remove it/),
  ])
  expect(noticesOf('a.wav', new Int16Array(1000).fill(1, 999))).toEqual([])
})
