import { vi } from 'vitest'
import { startSession } from '../../src/app/store/session.ts'
import { FakeClient, filesEvent } from './fakeClient.ts'
import { resetStores } from './stores.ts'

/** A page of which only the stores are real: its clock and its worker do what a test says. */
export interface FakePage {
  readonly client: FakeClient
  readonly close: () => void
}

/** @param arrange brings the stores to where the page shall open */
export function openPage(arrange: () => void = () => undefined): FakePage {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  resetStores()
  arrange()
  let connected: FakeClient | undefined
  const stop = startSession(FakeClient.connector((client) => (connected = client)))
  if (connected === undefined) throw new Error('The session asked for no worker.')
  connected.emit(filesEvent({ restored: true, finished: true })) // of earlier visits there are none
  const close = () => {
    stop()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  }
  return { client: connected, close }
}

/** Time enough for all that waits. */
export function settle(): void {
  vi.advanceTimersByTime(1000)
}
