import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordsOf } from '../../../../src/modalities/text/csv.ts'
import { formatOf, textsOf } from '../../../../src/modalities/text/formats.ts'
import { visibleText } from '../../../../src/modalities/text/html.ts'
import { stringsOf } from '../../../../src/modalities/text/json.ts'

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
  test('with quotation marks, line breaks and commas in fields', () => {
    expect(recordsOf('id,text\r\n1,"Said ""hi"", then\nleft"\r\n\n2,5" disk,')).toEqual([
      ['id', 'text'],
      ['1', 'Said "hi", then\nleft'],
      [''],
      ['2', '5" disk'],
    ])
  })

  test.each([';', '\t', '|'])('separated by %j', (separator) => {
    const line = ['a, b', 'c', 'd'].join(separator)
    expect(recordsOf(`${line}\n${line}`)).toEqual([
      ['a, b', 'c', 'd'],
      ['a, b', 'c', 'd'],
    ])
  })

  test('that end within a field', () => {
    expect(recordsOf('1,"to be contin')).toEqual([['1', 'to be contin']])
  })

  test('are read as they were written', () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ';', ' ') })
    const written = (value: string) => `"${value.replaceAll('"', '""')}"`
    const table = fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), (records, lineBreak) => {
        const csv = records.map((fields) => fields.map(written).join(',')).join(lineBreak)
        expect(recordsOf(csv)).toEqual(records)
      }),
    )
  })

  test('give the fields of several words of each row', () => {
    const csv = 'id,date,label,url,text,note\n1,2 May,pos,http://a.b,A fine day.,see page two\n2,,neg,,,'
    expect(textsOf('csv', csv).texts).toEqual(['2 May\nA fine day.\nsee page two'.replace('2 May\n', '')])
  })

  test('give single words if they have no more, and texts without spaces', () => {
    expect(textsOf('csv', '1,apple\n2,pear\n').texts).toEqual(['apple', 'pear'])
    expect(textsOf('csv', '1,pos,今日はいい天気です。').texts).toEqual(['今日はいい天気です。'])
    expect(textsOf('csv', '1,😀\n2,3').texts).toEqual(['1\n😀', '2\n3'])
  })
})

describe('JSON', () => {
  test('gives all strings in their order, without the names of fields', () => {
    const value = { a: 'one "1"\\', b: [{ c: 'two\n' }, 3, null], 'd:': { e: '', f: 'é\u2028' } }
    expect(stringsOf(JSON.stringify(value, null, 2)).strings).toEqual(['one "1"\\', 'two\n', '', 'é\u2028'])
  })

  test('of any value', () => {
    const stringsIn = (value: unknown): string[] => {
      if (typeof value === 'string') return [value]
      return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : []
    }
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value)
        expect(stringsOf(json)).toEqual({ strings: stringsIn(JSON.parse(json)), broken: false })
      }),
    )
  })

  test('that is cut off, in lines, or nested a million deep', () => {
    expect(stringsOf('{"a": "one", "b": "tw').strings).toEqual(['one'])
    expect(stringsOf('{"a": "one"}\n{"a" : "two"}\n').strings).toEqual(['one', 'two'])
    expect(stringsOf(`${'['.repeat(1e6)}"one"`).strings).toEqual(['one'])
  })

  test.each([
    ['a quotation mark is missing', '{"a": "one}'],
    ['a string has an escape that there is none of', '{"a": "C:\\x"}'],
  ])('is read on after a line in which %s', (_, line) => {
    const json = `{"a": "nought"}\n${line}\r\n{"a": "two"}\n{"a": "three"}\n`
    expect(stringsOf(json)).toEqual({ strings: ['nought', 'two', 'three'], broken: true })
  })

  test('may have a tab in a string', () => {
    expect(stringsOf('["one\ttwo"]')).toEqual({ strings: ['one\ttwo'], broken: false })
  })

  test('gives texts rather than names of classes', () => {
    expect(textsOf('json', '[{"text": "A fine day.", "label": "pos"}]').texts).toEqual(['A fine day.'])
    expect(textsOf('json', '["pos", "neg", "2024-01-01"]').texts).toEqual(['pos', 'neg'])
  })
})

describe('a page', () => {
  const linesOf = (html: string) =>
    visibleText(html)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')

  test('shows its text, each block by itself', () => {
    const page = `<!DOCTYPE html><html><head><title>Title</title><style>p { color: red }</style>
      <script>if (a < b) document.write('<p>no</p>')</script></head>
      <body><h1>A &amp; B</h1><p>One <b>bold</b>
      line<br>and another.</p><ul><li>x<li>y</ul><table><tr><td>1<td>2</table></body></html>`
    expect(linesOf(page)).toEqual(['A & B', 'One bold line', 'and another.', 'x', 'y', '1', '2'])
  })

  test('keeps to itself what a browser does not show', () => {
    const page = `<p>seen</p><template><p>no</p></template><div hidden><p>no <img> <br></p></div><p>seen, too</p>
      <svg><text>no</text></svg><p style="display: none">no</p><textarea>no</textarea><!-- no --><noscript>no</noscript>
      <select><option>no</select><p>and at the end</p>`
    expect(linesOf(page)).toEqual(['seen', 'seen, too', 'and at the end'])
  })

  test('keeps the lines of what is preformatted', () => {
    expect(linesOf('<pre>a\nb</pre><p>c\nd</p>')).toEqual(['a', 'b', 'c d'])
  })

  test('shows paragraphs apart, and words in a line together', () => {
    expect(textsOf('html', '<p>one</p><p>t<i>w</i>o</p>').texts.join('').trim()).toBe('one\n\n\n\ntwo')
  })

  test('that is cut off within a script, or without a head', () => {
    expect(linesOf('<p>seen</p><script>let a = 1')).toEqual(['seen'])
    expect(linesOf('just text')).toEqual(['just text'])
  })

  test('is read to its end though nested deeper than any browser follows', () => {
    const page = `${'<div>'.repeat(100_000)}<p>the end</p>`
    expect(linesOf(page).at(-1)).toBe('the end')
  })

  test('is read whole though it is parsed in parts', () => {
    const words = Array.from({ length: 30_000 }, (_, i) => `w${i}`)
    const page = words.map((word) => `<i class="x">${word}</i>&nbsp;`).join('')
    expect(visibleText(page).split(/\s+/).filter(Boolean)).toEqual(words)
  })
})
