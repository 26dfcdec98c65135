import { QUOTA_EXCEEDED } from '../checkpoint/tensorFiles.ts'
import { messageOf } from '../messageOf.ts'

/** What a person may do about a run that is not kept. */
export function whyNotKept(error: unknown): string {
  if (error instanceof DOMException && error.name === QUOTA_EXCEEDED)
    return 'This run is no longer kept: the browser has no more room for this site. Training goes on. Delete runs under “Your runs”, or free some space on the disk.'
  return `This run is not kept: the browser stores nothing for this page (${messageOf(error).replace(/\.$/, '')}). Training goes on, but a reload begins anew. A window that is not private, on a page opened over HTTPS or from this machine, keeps runs.`
}

/** A run goes on from an earlier step than it had come to. */
export function damaged(step: number): string {
  return `The newest checkpoint of this run is damaged. It goes on from the one before, after step ${step.toLocaleString('en')}.`
}
