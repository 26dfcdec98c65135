import type { CDPSession, Page } from '@playwright/test'

/** What is asked of a page or a worker, by the protocol of the browser's developer tools. */
type Ask = (method: 'HeapProfiler.collectGarbage' | 'Runtime.getHeapUsage') => Promise<unknown>

/** Bytes of JavaScript that a page and the workers that it has started use, once garbage is collected. */
export class HeapMeter {
  private readonly asks: Ask[]

  private constructor(asks: Ask[]) {
    this.asks = asks
  }

  /** Measures the page and the workers that it has started by now; not those that these start. */
  static async of(page: Page): Promise<HeapMeter> {
    const session = await page.context().newCDPSession(page)
    const workers: string[] = []
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') workers.push(sessionId)
    })
    await session.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    })
    return new HeapMeter([
      (method) => session.send(method),
      ...workers.map((sessionId) => askerOf(session, sessionId)),
    ])
  }

  async read(): Promise<number> {
    let bytes = 0
    for (const ask of this.asks) {
      await ask('HeapProfiler.collectGarbage')
      bytes += ((await ask('Runtime.getHeapUsage')) as { usedSize: number }).usedSize
    }
    return bytes
  }
}

/** A worker is asked through the page, and answers there. */
function askerOf(session: CDPSession, sessionId: string): Ask {
  let last = 0
  return (method) => {
    const id = ++last
    const answered = new Promise<unknown>((resolve) => {
      const take = ({ message, sessionId: from }: { message: string; sessionId: string }) => {
        const answer = JSON.parse(message) as { id?: number; result?: unknown }
        if (from !== sessionId || answer.id !== id) return
        session.off('Target.receivedMessageFromTarget', take)
        resolve(answer.result)
      }
      session.on('Target.receivedMessageFromTarget', take)
    })
    return session
      .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
      .then(() => answered)
  }
}
