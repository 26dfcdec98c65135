import type { Pause } from './pauses.ts'

const SEPARATORS = [',', ';', '\t', '|']

/** Characters in which the first line is looked for. */
const LOOKED_AT = 10_000

/**
 * The records of comma-separated values (RFC 4180), also with semicolons, tabs or bars, whichever the first line has
 * most of. A quotation mark within an unquoted field is a character like any other.
 * @returns the fields of each record
 */
export async function recordsOf(csv: string, pause: Pause): Promise<string[][]> {
  const separator = separatorOf(csv)
  const records: string[][] = []
  let fields: string[] = []
  for (let at = 0; at < csv.length;) {
    await pause()
    const { field, end } = csv[at] === '"' ? quoted(csv, at, separator) : unquoted(csv, at, separator)
    fields.push(field)
    if (csv[end] !== separator) {
      records.push(fields)
      fields = []
    }
    at = csv[end] === '\r' && csv[end + 1] === '\n' ? end + 2 : end + 1
  }
  if (fields.length > 0) records.push(fields)
  return records
}

interface Field {
  readonly field: string
  /** Place of the separator or line break after it. */
  readonly end: number
}

function unquoted(csv: string, start: number, separator: string): Field {
  let end = start
  while (end < csv.length && csv[end] !== separator && csv[end] !== '\n' && csv[end] !== '\r') end += 1
  return { field: csv.slice(start, end), end }
}

/** Two quotation marks stand for one; what follows the closing one, which nothing should, belongs to the field. */
function quoted(csv: string, start: number, separator: string): Field {
  let field = ''
  let from = start + 1
  for (;;) {
    const mark = csv.indexOf('"', from)
    if (mark === -1) return { field: field + csv.slice(from), end: csv.length }
    field += csv.slice(from, mark)
    if (csv[mark + 1] !== '"') {
      const rest = unquoted(csv, mark + 1, separator)
      return { field: field + rest.field, end: rest.end }
    }
    field += '"'
    from = mark + 2
  }
}

function separatorOf(csv: string): string {
  const start = csv.slice(0, LOOKED_AT).replace(/"[^"]*"?/g, '')
  const [line] = start.split(/[\r\n]/, 1)
  const countOf = (separator: string) => line.split(separator).length
  return SEPARATORS.reduce((best, next) => (countOf(next) > countOf(best) ? next : best))
}
