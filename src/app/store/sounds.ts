import type { DecodeSoundEvent } from '../../worker/protocol.ts'
import { send, workerSignal } from './connection.ts'

/** What the worker has asked for and waits for, by the number of its request. */
const asked = new Map<number, AbortController>()

/** Answers the worker that asks, and none that comes after it: each counts its requests from 0. */
export async function answerSound(event: DecodeSoundEvent): Promise<void> {
  const { request } = event
  const answering = new AbortController()
  const stop = () => answering.abort()
  const gone = workerSignal()
  gone.addEventListener('abort', stop)
  asked.set(request, answering)
  await decode(event, answering.signal)
  gone.removeEventListener('abort', stop)
  if (asked.get(request) === answering) asked.delete(request)
}

/** The worker does not want it any more. */
export function dropSound(request: number): void {
  asked.get(request)?.abort()
}

/** The decoder is fetched with the first sound, so that the page does not wait for it. */
async function decode(event: DecodeSoundEvent, signal: AbortSignal): Promise<void> {
  const decoder = await import('../sound/decode.ts').catch(() => undefined)
  if (decoder !== undefined) {
    await decoder.decodeSound(event, send, signal)
    return
  }
  const { request, name } = event
  const message = `“${name}” could not be decoded, because a part of this page did not load. Reload the page and add it again.`
  if (!signal.aborted) send({ type: 'soundRefused', request, message })
}
