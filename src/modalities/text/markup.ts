import { Parser, type Handler, type ParserOptions } from 'htmlparser2'
import type { Pause } from './pauses.ts'

/** Characters that are parsed at a time. */
const CHUNK_CHARACTERS = 2 ** 14

/** Elements within one another up to which the parser is quick. Browsers follow fewer. */
const MOST_DEPTH = 1000

/** What hears of the elements and texts of a page, and counts how many elements it is in. */
export interface Hearer extends Partial<Handler> {
  readonly depth: number
}

/** Parses HTML or XML to its end, whatever is wrong with it. */
export async function parseMarkup(
  markup: string,
  hearer: Hearer,
  options: ParserOptions,
  pause: Pause,
): Promise<void> {
  const parser = new Parser(hearer, options)
  for (let at = 0; at < markup.length; at += CHUNK_CHARACTERS) {
    await pause()
    if (hearer.depth > MOST_DEPTH) parser.reset()
    parser.write(markup.slice(at, at + CHUNK_CHARACTERS))
  }
  parser.end()
}
