import { expect, test } from 'vitest'
import { KINDS } from '../../../src/worker/kinds.ts'
import { modalityOf } from '../../../src/worker/route.ts'
import { gif } from '../../support/imageBytes.ts'

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

const WAV = bytes('RIFF\x24\0\0\0WAVEfmt ')
const MP4 = bytes('\0\0\0\x18ftypisom\0\0\0\0')

test.each([
  ['a picture', 'wave.gif', gif(16, 16), 'image'],
  ['a picture that cannot be used', 'scan.tif', bytes('II*\0 and so on'), 'image'],
  ['a drawing', 'logo.svg', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image'],
  ['a sound', 'bell.wav', WAV, 'audio'],
  ['a sound under a wrong name', 'bell.txt', WAV, 'audio'],
  ['a video, for its sound', 'clip.mp4', MP4, 'audio'],
  ['text', 'notes.txt', bytes('Buy milk.'), 'text'],
  ['text without a name that says so', 'LICENSE', bytes('Permission is granted to use it.'), 'text'],
  ['Markdown', 'notes.md', bytes('# Notes\n'), 'text'],
  ['text that begins like a FLAC', 'formats.txt', bytes('fLaC is the mark of a lossless sound.'), 'text'],
  ['text that begins like an Ogg', 'formats.md', bytes('OggS, four letters,\r\n\tbegin a page.'), 'text'],
  ['text that begins like a GIF', 'history.txt', bytes('GIF89a was the last one, d\xe9j\xe0 vu.'), 'text'],
  ['text that begins like an MP4', 'boxes.txt', bytes('The ftyp box comes first.'), 'text'],
  ['an MP3 with a tag', 'song.txt', bytes('ID3\x03\0\0\0\0\x0fvTIT2'), 'audio'],
  ['a table', 'words.csv', bytes('word,meaning\ndog,an animal\n'), 'text'],
])('%s goes to its modality', async (_, name, content, modality) => {
  expect(await modalityOf(new File([content], name), KINDS)).toBe(modality)
})

test.each([
  ['an empty file', 'empty.wav', bytes(''), /“empty\.wav” is empty/],
  ['an archive', 'all.zip', bytes('PK\x03\x04'), /“all\.zip” is a ZIP archive/],
  [
    'unknown bytes',
    'data.bin',
    Uint8Array.from({ length: 300 }, (_, i) => (i * 7) % 256),
    /“data\.bin” is of a kind/,
  ],
  [
    'what is damaged under the name of a picture',
    'broken.png',
    Uint8Array.from({ length: 300 }, (_, i) => (i * 7) % 256),
    /“broken\.png” does not hold what its name says.*again/,
  ],
  ['text under the name of a sound', 'a.flac', bytes('fLaC is the mark.'), /“a\.flac” is text.*Rename it/],
  ['text under the name of a picture', 'photo.png', bytes('Not found'), /“photo\.png” is text.*Rename it/],
])('%s is refused in a sentence', async (_, name, content, sentence) => {
  expect(await modalityOf(new File([content], name), KINDS)).toHaveProperty(
    'refusal',
    expect.stringMatching(sentence),
  )
})
