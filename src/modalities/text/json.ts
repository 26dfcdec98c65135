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
