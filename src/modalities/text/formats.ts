import { recordsOf } from './csv.ts'
import { visibleText } from './html.ts'
import { beginsAsJson, stringsOf } from './json.ts'
import type { Pause } from './pauses.ts'
import { textsOfXml } from './xml.ts'

export type Format = 'plain' | 'html' | 'xml' | 'csv' | 'json'

/** What the end of a name promises. */
const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['txt', 'plain'],
  ['text', 'plain'],
  ['log', 'plain'],
  ['md', 'plain'],
  ['html', 'html'],
  ['htm', 'html'],
  ['xhtml', 'html'],
  ['xml', 'xml'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['json', 'json'],
  ['jsonl', 'json'],
  ['ndjson', 'json'],
])

/** XHTML, too, which declares itself as XML and says only then what it is. */
const HTML_START = /^\s*(<\?[^>]*>\s*|<!--(?:(?!-->)[^])*-->\s*)*<(!doctype\s+)?html\b/i

const XML_START = /^\s*<\?xml\b/i

/** What the page calls a text that was pasted. A person pastes prose, which may have brackets and quotation marks. */
const PASTED = /^Pasted text\b/

/** A word is told by its letters; more of a field than this need not be looked at. */
const LOOKED_AT = 1000

/** By the name, if it tells, and otherwise by how the text begins. */
export function formatOf(name: string, text: string): Format {
  const promised = FORMATS.get(extensionOf(name))
  // JSON without any bracket, brace or string at its beginning is something else under a wrong name.
  if (promised === 'json') return /^\s*["[{]/.test(text) ? 'json' : 'plain'
  if (promised !== undefined && promised !== 'xml') return promised
  if (HTML_START.test(text.slice(0, LOOKED_AT))) return 'html'
  if (promised === 'xml' || XML_START.test(text)) return 'xml'
  return !PASTED.test(name) && beginsAsJson(text) ? 'json' : 'plain'
}

export interface Texts {
  readonly texts: readonly string[]
  /** Whether a part is left out that could not be read. */
  readonly broken: boolean
}

/** The texts that a file is made of: a document is one, and so are a row of a table and a string of JSON. */
export async function textsOf(format: Format, contents: string, pause: Pause): Promise<Texts> {
  switch (format) {
    case 'plain':
      return { texts: [contents], broken: false }
    case 'html':
      return { texts: [await visibleText(contents, pause)], broken: false }
    case 'xml': {
      const fields = await inWords(inOneEach(await textsOfXml(contents, pause)), pause)
      return { texts: [fields.flat().join('\n\n')], broken: false }
    }
    case 'csv': {
      const records = await inWords(await recordsOf(contents, pause), pause)
      return { texts: records.map((fields) => fields.join('\n')), broken: false }
    }
    case 'json': {
      const { strings, broken } = await stringsOf(contents, pause)
      return { texts: (await inWords(inOneEach(strings), pause)).flat(), broken }
    }
  }
}

function inOneEach(fields: readonly string[]): string[][] {
  return fields.map((field) => [field])
}

/**
 * Leaves out numbers, dates, addresses, names of classes: all but fields of several words, if there are any, else all
 * but fields without letters, if there are any with.
 */
async function inWords(records: readonly string[][], pause: Pause): Promise<string[][]> {
  const severalWords: string[][] = []
  const anyWord: string[][] = []
  const notBlank: string[][] = []
  for (const fields of records) {
    await pause()
    const words = fields.map(wordsIn)
    keep(severalWords, fields, (i) => words[i] > 1)
    keep(anyWord, fields, (i) => words[i] > 0)
    keep(notBlank, fields, (i) => fields[i].trim() !== '')
  }
  return [severalWords, anyWord].find((kept) => kept.length > 0) ?? notBlank
}

function keep(records: string[][], fields: readonly string[], isKept: (i: number) => boolean): void {
  const kept = fields.filter((_, i) => isKept(i))
  if (kept.length > 0) records.push(kept)
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
