import { QUOTA_EXCEEDED } from '../checkpoint/tensorFiles.ts'
import { MOST_RUN_BYTES } from '../config/storage.ts'
import { BYTES_PER_WEIGHT } from '../data2vec/learner.ts'
import { messageOf } from '../messageOf.ts'

/** What a person may do about a run that is not kept. */
export function whyNotKept(error: unknown): string {
  if (error instanceof DOMException && error.name === QUOTA_EXCEEDED)
    return 'This run is no longer kept: the browser has no more room for this site. Training goes on. Delete runs under “Your runs”, or free some space on the disk.'
  return `This run is not kept: ${storesNothing(error)}. Training goes on, but a reload begins anew. A window that is not private, on a page opened over HTTPS or from this machine, keeps runs.`
}

/** Files of the person are used, but will be gone after a reload. */
export function filesNotKept(error: unknown): string {
  const why =
    error instanceof DOMException && error.name === QUOTA_EXCEEDED
      ? 'the browser has too little room for them'
      : storesNothing(error)
  return `Your files are used, but not all are kept for your next visit: ${why}. Add them again then.`
}

function storesNothing(error: unknown): string {
  return `the browser stores nothing for this page (${messageOf(error).replace(/\.$/, '')})`
}

/** Bytes of the two files of a run with so many weights. */
export function bytesOfRun(weights: number): number {
  return 2 * BYTES_PER_WEIGHT * weights
}

/** There will be no more room soon. */
export function littleRoom(needed: number, room: number): string {
  return `The browser has ${megabytes(room)} left for this site, and keeping this run needs ${megabytes(needed)}. Delete runs under “Your runs”, or free some space on the disk.`
}

/** A file of so many bytes is no run of this page. */
export function tooLarge(bytes: number): string {
  return `It has ${megabytes(bytes)}, and the limit is ${megabytes(MOST_RUN_BYTES)}.`
}

/** Why a file did not become a run that is kept. */
export function whyNotImported(file: string, error: unknown): string {
  const why =
    error instanceof DOMException && error.name === QUOTA_EXCEEDED
      ? 'The browser has no more room for this site. Delete runs under “Your runs”, or free some space on the disk.'
      : messageOf(error)
  return `“${file}” was not added to your runs. ${why}`
}

/** Nothing can be kept, so nothing can come in. */
export const NOTHING_STORED =
  'The browser stores nothing for this page. A window that is not private, on a page opened over HTTPS, does.'

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

/** A run goes on from an earlier step than it had come to. */
export function damaged(step: number): string {
  return `The newest checkpoint of this run is damaged. It goes on from the one before, after step ${step.toLocaleString('en')}.`
}
