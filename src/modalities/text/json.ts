import type { Pause } from './pauses.ts'

/** Characters of a text that are looked at to tell whether it is JSON. */
const LOOKED_AT = 1000

/** A bracket, brace or mark, a string, a number or a word of JSON, or as much of one as is there. */
const TOKEN = /\s*(?:[[\]{},:]|"(?:[^"\\\n\r]|\\.)*(?:"|\\?$)|-?\d[\d.eE+-]*|true|false|null|[a-z]{1,4}$|$)/y

/**
 * Whether a text begins as an array or object of JSON does and goes on with nothing else, be it cut off: prose in
 * brackets and quotation marks has words outside them.
 */
export function beginsAsJson(text: string): boolean {
  const start = text.trimStart().slice(0, LOOKED_AT)
  if (!/^[[{]/.test(start)) return false
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < start.length) if (!TOKEN.test(start)) return false
  return true
}

export interface Strings {
  readonly strings: readonly string[]
  /** Whether a part was no JSON, and is left out. */
  readonly broken: boolean
}

/**
 * All strings of JSON or JSON Lines in their order, names of fields left out. A scan rather than a parse, so that a
 * file that is cut off, or nested however deep, is read as far as it goes, and one whose line is broken is read on
 * from the next line.
 */
export async function stringsOf(json: string, pause: Pause): Promise<Strings> {
  const strings: string[] = []
  let broken = false
  for (let start = json.indexOf('"'); start !== -1;) {
    await pause()
    const end = endOf(json, start)
    if (end === json.length) break
    const value = json[end] === '"' ? parse(json.slice(start, end + 1)) : undefined
    if (value === undefined) broken = true
    else if (!isName(json, end)) strings.push(value)
    start = json.indexOf('"', end + 1)
  }
  return { strings, broken }
}

/** Place of the quotation mark that ends the string which begins at `start`, or of the line break or end before it. */
function endOf(json: string, start: number): number {
  let end = start + 1
  // JSON has no line break within a string: there, a quotation mark is missing.
  while (end < json.length && !'"\n\r'.includes(json[end])) end += json[end] === '\\' ? 2 : 1
  return Math.min(end, json.length)
}

/** Whether a colon follows. */
function isName(json: string, end: number): boolean {
  let next = end + 1
  while (next < json.length && json[next].trim() === '') next += 1
  return json[next] === ':'
}

/** Takes a tab, which JSON wants as `\t` and careless programs write as it is. */
function parse(literal: string): string | undefined {
  try {
    return String(JSON.parse(literal.replaceAll('\t', '\\t')))
  } catch {
    return undefined
  }
}
