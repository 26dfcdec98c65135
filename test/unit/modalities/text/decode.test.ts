import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { decodeText, isText, MOST_BYTES } from '../../../../src/modalities/text/decode.ts'
import { bytes, png } from '../../../support/imageBytes.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

/** UTF-16, with lone surrogates as they are. */
function utf16(text: string, { littleEndian = true, mark = true } = {}): Uint8Array {
  const units = mark ? `\ufeff${text}` : text
  const view = new DataView(new ArrayBuffer(2 * units.length))
  for (let i = 0; i < units.length; i++) view.setUint16(2 * i, units.charCodeAt(i), littleEndian)
  return new Uint8Array(view.buffer)
}

async function decode(contents: Uint8Array, file = 'diary.txt', size = contents.length) {
  const result = await decodeText(file, contents, size)
  return 'refusal' in result
    ? { refusal: result.refusal, texts: [], notices: [] }
    : { ...result, texts: result.passages.map(({ text }) => text), refusal: undefined }
}

const GREETING = 'Dear diary, déjà vu! Звезда, 星, 🌟.'

describe('reads text in', () => {
  test.each([
    ['UTF-8', utf8(GREETING)],
    ['UTF-8 with a mark', utf8(`\ufeff${GREETING}`)],
    ['UTF-16 with a mark', utf16(GREETING)],
    ['UTF-16, high bytes first, with a mark', utf16(GREETING, { littleEndian: false })],
    ['UTF-16 without a mark', utf16(GREETING, { mark: false })],
    ['UTF-16, high bytes first, without a mark', utf16(GREETING, { littleEndian: false, mark: false })],
  ])('%s', async (_, contents) => {
    expect(await decode(contents)).toMatchObject({ texts: [GREETING], notices: [] })
    expect(isText(contents)).toBe(true)
  })

  test('Latin-1, and says so', async () => {
    const contents = bytes('Caf', [0xe9], ', na', [0xef], 've, 5 ', [0x80])
    const { texts, notices } = await decode(contents)
    expect(texts).toEqual(['Café, naïve, 5 €'])
    expect(notices).toEqual([
      expect.stringMatching(/“diary.txt” is not in UTF-8.*Windows-1252.*save it as UTF-8/),
    ])
    expect(isText(contents)).toBe(true)
  })

  test('emoji only', async () => {
    const family = '👩‍👩‍👧‍👦'
    const { texts } = await decode(utf8(family.repeat(60)))
    expect(texts.join('')).toBe(family.repeat(60))
    // No family is torn apart.
    for (const text of texts) expect(text.replaceAll(family, '')).toBe('')
  })

  test.each([
    ['from right to left', 'שלום עולם. مرحبا بالعالم! كيف حالك؟'],
    ['with combining marks', 'ẹ̀kọ́ नमस्ते กำลัง e\u0301'],
  ])('scripts %s', async (_, text) => {
    expect((await decode(utf8(text))).texts).toEqual([text])
  })

  test('a log with the colours of a terminal, without their control characters', async () => {
    const { texts } = await decode(utf8(`${'All is well here. '.repeat(10)}\x1b[32mDone.\x1b[0m`))
    expect(texts[0]).toMatch(/here\. \[32mDone\.\[0m$/)
  })
})

describe('leaves as it is', () => {
  test.each(['Pasted text 1', 'story.txt', 'story'])(
    'a story in %s that begins with speech',
    async (file) => {
      const story = '"Hello there," she said, and closed the door. "How are you?"'
      expect(await decode(utf8(story), file)).toMatchObject({ texts: [story], notices: [] })
    },
  )
})

describe('replaces what is damaged, and says so', () => {
  const damaged = expect.stringMatching(/characters of “.*” are damaged.*Save it as UTF-8/) as string

  test.each([
    ['lone surrogates in UTF-16', utf16('one \ud83d two'), 'diary.txt', 'one � two'],
    [
      'lone surrogates in UTF-16 without a mark',
      utf16('one and two \ud83d', { mark: false }),
      'diary.txt',
      'one and two �',
    ],
    ['what was damaged before it was saved', utf8('one � two'), 'Pasted text 1', 'one � two'],
    ['lone surrogates in UTF-8', bytes('one ', [0xed, 0xa0, 0xbd], ' two'), 'diary.txt', 'one ��� two'],
    ['lone surrogates in JSON', utf8('["one \\ud83d two"]'), 'diary.json', 'one � two'],
    ['a broken letter among many', bytes('é'.repeat(20), [0xc3], '.'), 'diary.txt', `${'é'.repeat(20)}�.`],
  ])('%s', async (_, contents, file, text) => {
    expect(await decode(contents, file)).toMatchObject({ texts: [text], notices: [damaged] })
  })
})

test('leaves out a line of JSON that is broken, and says so', async () => {
  const contents = utf8('{"text": "One fine day."}\n{"text": "Two}\n{"text": "Three fine days."}\n')
  expect(await decode(contents, 'days.jsonl')).toMatchObject({
    texts: ['One fine day.', 'Three fine days.'],
    notices: [expect.stringMatching(/part of “days.jsonl” is not JSON, and was left out.*put it in/)],
  })
})

describe('refuses, naming the file and the way out', () => {
  const noise = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3) * 104729) % 256)

  test.each([
    [
      'white space',
      utf8(' \n\t \u3000\r\n'),
      'diary.txt',
      /“diary.txt” has nothing but white space.*Choose a file/,
    ],
    [
      'noise',
      noise,
      'diary.txt',
      /“diary.txt” is not text, or not in an encoding.*Save it as plain text in UTF-8/,
    ],
    ['text with zeros', bytes('a text', [0, 0], 'with zeros', [0]), 'diary.txt', /is not text/],
    [
      'text of another encoding',
      bytes([0x82, 0xb1, 0x82, 0xf1, 0x81, 0x42]),
      'diary.txt',
      /not in an encoding/,
    ],
    ['a picture', png(40, 30), 'diary.txt', /“diary.txt” is a PNG image, not text.*\.txt file/],
    ['a PDF', utf8('%PDF-1.7\nBT (Dear diary) ET'), 'diary.pdf', /PDF document, not text.*export/],
    ['rich text', utf8('{\\rtf1 Dear diary}'), 'diary.rtf', /rich text document, not text/],
    ['an office document', bytes('PK', [3, 4, 20, 0, 8]), 'diary.docx', /office document, not text/],
    [
      'a page of scripts',
      utf8('<script>go()</script>'),
      'a.html',
      /“a.html” is a page that shows no text.*paste it/,
    ],
    ['XML without text', utf8('<a b="c"/>'), 'a.xml', /“a.xml” has no text between its tags.*Choose/],
    ['a table of nothing', utf8(',,\n,,\n'), 'a.csv', /“a.csv” is a table without any text/],
    ['JSON of numbers', utf8('[1, 2, {"three": 3}]'), 'a.json', /“a.json” has no text among its values/],
  ])('%s', async (_, contents, file, message) => {
    expect((await decode(contents, file)).refusal).toMatch(message)
  })

  // Zeros at odd places only, as in UTF-16 of Latin letters, but few of them.
  const samples = Uint8Array.from({ length: 4000 }, (_, i) => (i === 9 ? 0 : ((i * i * 7919) % 255) + 1))

  test.each([
    ['noise', noise],
    ['noise with a zero', samples],
    ['a picture', png(40, 30)],
    ['a drawing', utf8('<svg xmlns="http://www.w3.org/2000/svg"><text>hi</text></svg>')],
  ])('%s is no text, whatever its name', (_, head) => {
    expect(isText(head)).toBe(false)
  })

  test('the head of a text is text even where it ends within a letter', () => {
    expect(isText(utf8('星'.repeat(400)).subarray(0, 1000))).toBe(true)
  })
})

describe('of what is long, uses as much as it says', () => {
  test('a file that was cut: no half letter, and a notice', async () => {
    const contents = utf8('星'.repeat(100)).subarray(0, 299)
    const { texts, notices } = await decode(contents, 'diary.txt', 2 * MOST_BYTES)
    expect(texts).toEqual(['星'.repeat(99)])
    expect(notices).toEqual(['“diary.txt” is long: its first 5 MB are used.'])
  })

  test('more texts than are held', async () => {
    const { texts, notices } = await decode(utf8('one two\n'.repeat(50_001)), 'diary.csv')
    expect(texts).toHaveLength(50_000)
    expect(notices).toEqual(['“diary.csv” has many texts: the first 50,000 passages are used.'])
  })
})

describe('tells of a text', () => {
  test('how it begins, how long it is, and what its passages are called', async () => {
    const sentence =
      'It was a dark\nand stormy night, and the rain fell in torrents upon the roofs of the town. '
    const result = await decodeText('novel.md', utf8(sentence.repeat(5)), sentence.length * 5)
    expect(result).toMatchObject({
      excerpt: `${sentence.replace('\n', ' ').repeat(2).slice(0, 114)}…`,
      characters: sentence.length * 5 - 2,
      passages: [{ label: 'novel.md, 1' }, { label: 'novel.md, 2' }],
    })
  })

  test('and never fails, whatever the bytes', async () => {
    const names = ['a.txt', 'a.csv', 'a.json', 'a.html', 'a.xml', 'a']
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom(...names),
        async (contents, name) => {
          const { refusal = '', texts } = await decode(contents, name)
          expect(refusal === '').toBe(texts.length > 0)
          for (const text of texts) expect(text).toBe(text.trim())
        },
      ),
    )
  })
})

describe('lets others work while it reads', () => {
  afterEach(() => vi.restoreAllMocks())
  const words = Array.from({ length: 30_000 }, (_, i) => `word${i}`)

  test.each([
    ['plain.txt', `${words.join(' ')}. `.repeat(4)],
    ['page.html', words.map((word) => `<p><b class="x">${word}</b> and more`).join('')],
    ['feed.xml', words.map((word) => `<p><b>${word} and more</b></p>`).join('')],
    ['table.csv', words.map((word) => `${word},"and more"\n`).join('')],
    ['lines.jsonl', words.map((word) => `{"text": "${word} and more"}\n`).join('')],
  ])('%s', async (file, text) => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1)) // asked often enough, on any machine
    let turns = 0
    const others = setInterval(() => (turns += 1))
    await decode(utf8(text), file)
    clearInterval(others)
    expect(turns).toBeGreaterThan(0)
  })
})
