import { messageOf } from '../messageOf.ts'

/** What the person reads where a file of theirs broke off: it may have been moved, or changed, since it was chosen. */
export function unreadable({ name }: File, error: unknown): string {
  return `“${name}” could not be read (${messageOf(error)}). Choose it again.`
}
