import { messageOf } from './messageOf.ts'

/**
 * What the person reads where a file of theirs cannot be read any more.
 * @param file its name
 * @param error what it broke off with, where that is known
 */
export function unreadable(file: string, error?: unknown): string {
  const why = error === undefined ? '' : ` (${messageOf(error)})`
  return `“${file}” could not be read${why}. It may have been moved or changed: choose it again.`
}
