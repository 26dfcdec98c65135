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

/**
 * All strings of JSON or JSON Lines in their order, names of fields left out. A scan rather than a parse, so that a
 * file that is cut off, or nested however deep, is read as far as it goes.
 */
export function stringsOf(json: string): string[] {
  const strings: string[] = []
  for (let start = json.indexOf('"'); start !== -1;) {
    const end = endOf(json, start)
    if (end === -1) break
    const value = parse(json.slice(start, end + 1))
    if (value !== undefined && !isName(json, end)) strings.push(value)
    start = json.indexOf('"', end + 1)
  }
  return strings
}

/** Place of the quotation mark that ends the string which begins at `start`, or -1. */
function endOf(json: string, start: number): number {
  for (let i = start + 1; i < json.length; i++) {
    if (json[i] === '"') return i
    if (json[i] === '\\') i += 1
  }
  return -1
}

/** Whether a colon follows. */
function isName(json: string, end: number): boolean {
  let next = end + 1
  while (next < json.length && json[next].trim() === '') next += 1
  return json[next] === ':'
}

function parse(literal: string): string | undefined {
  try {
    return String(JSON.parse(literal))
  } catch {
    return undefined
  }
}
