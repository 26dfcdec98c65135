import { recordsOf } from './csv.ts'
import { visibleText } from './html.ts'
import { beginsAsJson, stringsOf } from './json.ts'

export type Format = 'plain' | 'html' | 'csv' | 'json'

/** What the end of a name promises. */
const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['txt', 'plain'],
  ['text', 'plain'],
  ['log', 'plain'],
  ['md', 'plain'],
  ['html', 'html'],
  ['htm', 'html'],
  ['xhtml', 'html'],
  ['xml', 'html'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['json', 'json'],
  ['jsonl', 'json'],
  ['ndjson', 'json'],
])

const HTML_START = /^\s*<(!doctype|html|\?xml)/i

/** What the page calls a text that was pasted. A person pastes prose, which may have brackets and quotation marks. */
const PASTED = /^Pasted text\b/

/** A word is told by its letters; more of a field than this need not be looked at. */
const LOOKED_AT = 1000

/** By the name, if it tells, and otherwise by how the text begins. */
export function formatOf(name: string, text: string): Format {
  const promised = FORMATS.get(extensionOf(name))
  // JSON without any bracket, brace or string at its beginning is something else under a wrong name.
  if (promised === 'json') return /^\s*["[{]/.test(text) ? 'json' : 'plain'
  if (promised !== undefined) return promised
  if (HTML_START.test(text)) return 'html'
  return !PASTED.test(name) && beginsAsJson(text) ? 'json' : 'plain'
}

export interface Texts {
  readonly texts: readonly string[]
  /** Whether a part is left out that could not be read. */
  readonly broken: boolean
}

/** The texts that a file is made of: a document is one, and so are a row of a table and a string of JSON. */
export function textsOf(format: Format, contents: string): Texts {
  switch (format) {
    case 'plain':
      return { texts: [contents], broken: false }
    case 'html':
      return { texts: [visibleText(contents)], broken: false }
    case 'csv':
      return { texts: inWords(recordsOf(contents)).map((fields) => fields.join('\n')), broken: false }
    case 'json': {
      const { strings, broken } = stringsOf(contents)
      return { texts: inWords(strings.map((string) => [string])).flat(), broken }
    }
  }
}

/**
 * Leaves out numbers, dates, addresses, names of classes: all but fields of several words, if there are any, else all
 * but fields without letters, if there are any with.
 */
function inWords(records: readonly string[][]): string[][] {
  const severalWords = keep(records, (field) => wordsIn(field) > 1)
  if (severalWords.length > 0) return severalWords
  const anyWord = keep(records, (field) => wordsIn(field) > 0)
  return anyWord.length > 0 ? anyWord : keep(records, (field) => field.trim() !== '')
}

function keep(records: readonly string[][], isKept: (field: string) => boolean): string[][] {
  return records.map((fields) => fields.filter(isKept)).filter((fields) => fields.length > 0)
}

/** Parts between spaces that have a letter; in scripts that are written without spaces, letters by twos. */
function wordsIn(field: string): number {
  const start = field.slice(0, LOOKED_AT)
  const spaced = start.split(/\s+/).filter((part) => /\p{L}/u.test(part)).length
  const unspaced = start.match(UNSPACED)?.length ?? 0
  return Math.max(spaced, Math.floor(unspaced / 2))
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu

function extensionOf(name: string): string {
  return /\.([^.]*)$/.exec(name)?.[1].toLowerCase() ?? ''
}
