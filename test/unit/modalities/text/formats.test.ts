import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordsOf } from '../../../../src/modalities/text/csv.ts'
import { formatOf, textsOf, type Format } from '../../../../src/modalities/text/formats.ts'
import { visibleText } from '../../../../src/modalities/text/html.ts'
import { stringsOf } from '../../../../src/modalities/text/json.ts'
import { textsOfXml } from '../../../../src/modalities/text/xml.ts'
import { noPause } from './noPause.ts'

const records = (csv: string) => recordsOf(csv, noPause)
const strings = (json: string) => stringsOf(json, noPause)
const texts = async (format: Format, contents: string) => (await textsOf(format, contents, noPause)).texts

describe('the format of a text', () => {
  test.each([
    ['notes.txt', '<html>', 'plain'],
    ['README.md', '# Title', 'plain'],
    ['page.HTM', 'hello', 'html'],
    ['table.tsv', 'a\tb', 'csv'],
    ['data.json', ' {"a": 1}', 'json'],
    ['data.json', 'not JSON', 'plain'],
    ['lines.jsonl', '{"a": 1}\n{"a": 2}', 'json'],
    ['page', '\n<!DOCTYPE html><p>', 'html'],
    ['export', '[{ "a": 1 }]', 'json'],
    ['export', '{"a": "one"}\n{"a": "two"}', 'json'],
    ['export', `{"a": [true, -1.5e3, null, "${'so long '.repeat(1000)}`, 'json'],
    ['export', `[${'"one", true, '.repeat(1000)}`, 'json'],
    ['export', '[Chapter 1] "Hello"', 'plain'],
    ['export', '["Hello", she said]', 'plain'],
    ['export', '[1] "Hello," she said. "How are you?"', 'plain'],
    ['export', '"Hello," she said. "How are you?"', 'plain'],
    ['notes.log', '{"a": "one"}', 'plain'],
    ['notes.text', '["a", "b"]', 'plain'],
    ['Pasted text 2', '["a", "b"]', 'plain'],
    ['Pasted text 2', '<!doctype html><p>', 'html'],
    ['x.constructor', 'hello', 'plain'],
  ])('%s: %j is %s', (name, text, format) => {
    expect(formatOf(name, text)).toBe(format)
  })
})

describe('tables', () => {
  test('with quotation marks, line breaks and commas in fields', async () => {
    expect(await records('id,text\r\n1,"Said ""hi"", then\nleft"\r\n\n2,5" disk,')).toEqual([
      ['id', 'text'],
      ['1', 'Said "hi", then\nleft'],
      [''],
      ['2', '5" disk'],
    ])
  })

  test.each([';', '\t', '|'])('separated by %j', async (separator) => {
    const line = ['a, b', 'c', 'd'].join(separator)
    expect(await records(`${line}\n${line}`)).toEqual([
      ['a, b', 'c', 'd'],
      ['a, b', 'c', 'd'],
    ])
  })

  test('that end within a field', async () => {
    expect(await records('1,"to be contin')).toEqual([['1', 'to be contin']])
  })

  test('are read as they were written', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ';', ' ') })
    const written = (value: string) => `"${value.replaceAll('"', '""')}"`
    const table = fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom('\n', '\r\n', '\r'), async (rows, lineBreak) => {
        const csv = rows.map((fields) => fields.map(written).join(',')).join(lineBreak)
        expect(await records(csv)).toEqual(rows)
      }),
    )
  })

  test('give the fields of several words of each row', async () => {
    const csv = 'id,date,label,url,text,note\n1,2 May,pos,http://a.b,A fine day.,see page two\n2,,neg,,,'
    expect(await texts('csv', csv)).toEqual(['2 May\nA fine day.\nsee page two'.replace('2 May\n', '')])
  })

  test('give single words if they have no more, and texts without spaces', async () => {
    expect(await texts('csv', '1,apple\n2,pear\n')).toEqual(['apple', 'pear'])
    expect(await texts('csv', '1,pos,今日はいい天気です。')).toEqual(['今日はいい天気です。'])
    expect(await texts('csv', '1,😀\n2,3')).toEqual(['1\n😀', '2\n3'])
  })
})

describe('JSON', () => {
  test('gives all strings in their order, without the names of fields', async () => {
    const value = { a: 'one "1"\\', b: [{ c: 'two\n' }, 3, null], 'd:': { e: '', f: 'é\u2028' } }
    expect((await strings(JSON.stringify(value, null, 2))).strings).toEqual([
      'one "1"\\',
      'two\n',
      '',
      'é\u2028',
    ])
  })

  test('of any value', async () => {
    const stringsIn = (value: unknown): string[] => {
      if (typeof value === 'string') return [value]
      return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : []
    }
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const json = JSON.stringify(value)
        expect(await strings(json)).toEqual({ strings: stringsIn(JSON.parse(json)), broken: false })
      }),
    )
  })

  test('that is cut off, in lines, or nested a million deep', async () => {
    expect((await strings('{"a": "one", "b": "tw')).strings).toEqual(['one'])
    expect((await strings('{"a": "one"}\n{"a" : "two"}\n')).strings).toEqual(['one', 'two'])
    expect((await strings(`${'['.repeat(1e6)}"one"`)).strings).toEqual(['one'])
  })

  test.each([
    ['a quotation mark is missing', '{"a": "one}'],
    ['a string has an escape that there is none of', '{"a": "C:\\x"}'],
  ])('is read on after a line in which %s', async (_, line) => {
    const json = `{"a": "nought"}\n${line}\r\n{"a": "two"}\n{"a": "three"}\n`
    expect(await strings(json)).toEqual({ strings: ['nought', 'two', 'three'], broken: true })
  })

  test('may have a tab in a string', async () => {
    expect(await strings('["one\ttwo"]')).toEqual({ strings: ['one\ttwo'], broken: false })
  })

  test('gives texts rather than names of classes', async () => {
    expect(await texts('json', '[{"text": "A fine day.", "label": "pos"}]')).toEqual(['A fine day.'])
    expect(await texts('json', '["pos", "neg", "2024-01-01"]')).toEqual(['pos', 'neg'])
  })
})

describe('a page', () => {
  const linesOf = async (html: string) =>
    (await visibleText(html, noPause))
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')

  test('shows its text, each block by itself', async () => {
    const page = `<!DOCTYPE html><html><head><title>Title</title><style>p { color: red }</style>
      <script>if (a < b) document.write('<p>no</p>')</script></head>
      <body><h1>A &amp; B</h1><p>One <b>bold</b>
      line<br>and another.</p><ul><li>x<li>y</ul><table><tr><td>1<td>2</table></body></html>`
    expect(await linesOf(page)).toEqual(['A & B', 'One bold line', 'and another.', 'x', 'y', '1', '2'])
  })

  test('keeps to itself what a browser does not show', async () => {
    const page = `<p>seen</p><template><p>no</p></template><div hidden><p>no <img> <br></p></div><p>seen, too</p>
      <svg><text>no</text></svg><p style="display: none">no</p><textarea>no</textarea><!-- no --><noscript>no</noscript>
      <select><option>no</select><p>and at the end</p>`
    expect(await linesOf(page)).toEqual(['seen', 'seen, too', 'and at the end'])
  })

  test('keeps the lines of what is preformatted', async () => {
    expect(await linesOf('<pre>a\nb</pre><p>c\nd</p>')).toEqual(['a', 'b', 'c d'])
  })

  test('shows paragraphs apart, and words in a line together', async () => {
    expect((await texts('html', '<p>one</p><p>t<i>w</i>o</p>')).join('').trim()).toBe('one\n\n\n\ntwo')
  })

  test('that is cut off within a script, or without a head', async () => {
    expect(await linesOf('<p>seen</p><script>let a = 1')).toEqual(['seen'])
    expect(await linesOf('just text')).toEqual(['just text'])
  })

  test('is read to its end though nested deeper than any browser follows', async () => {
    const page = `${'<div>'.repeat(100_000)}<p>the end</p>`
    expect((await linesOf(page)).at(-1)).toBe('the end')
  })

  test('is read whole though it is parsed in parts', async () => {
    const words = Array.from({ length: 30_000 }, (_, i) => `w${i}`)
    const page = words.map((word) => `<i class="x">${word}</i>&nbsp;`).join('')
    expect((await visibleText(page, noPause)).split(/\s+/).filter(Boolean)).toEqual(words)
  })
})

describe('XML', () => {
  const feed = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>
    <item><title>A fine day</title><link>https://a.b/c</link>
      <description><![CDATA[<p>The sun & <b>the</b> moon.</p><p>And a star.</p>]]></description></item>
    <item><title>Rain &amp; wind</title><guid>2</guid>
      <description>&lt;p&gt;It pours.&lt;/p&gt;</description></item>
  </channel></rss>`

  test('gives the texts between its tags, and of HTML within them what a browser shows', async () => {
    const paragraphs = (await texts('xml', feed)).join('').split(/\s*\n\s*/)
    expect(paragraphs.filter(Boolean)).toEqual([
      'A fine day',
      'The sun & the moon.',
      'And a star.',
      'Rain & wind',
      'It pours.',
    ])
  })

  test('gives a text whole though some of it is marked', async () => {
    const book = '<book><para>One <em>bold</em> <i>line</i>,\nand more.</para>\n<para>Two</para></book>'
    expect(await textsOfXml(book, noPause)).toEqual(['One bold line,\nand more.', 'Two'])
  })

  test('is told from pages by its name, or how it begins', () => {
    const declared = '<?xml version="1.0"?>\n<!-- a --><!-- b -->'
    expect(formatOf('feed.xml', feed)).toBe('xml')
    expect(formatOf('feed', feed)).toBe('xml')
    expect(formatOf('feed.xml', '<rss>')).toBe('xml')
    expect(formatOf('page.xml', `${declared}<!DOCTYPE html PUBLIC "x"><html>`)).toBe('html')
    expect(formatOf('page', `${declared}<html xmlns="http://www.w3.org/1999/xhtml">`)).toBe('html')
  })
})
