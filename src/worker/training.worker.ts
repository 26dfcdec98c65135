import type { Command, WorkerEvent } from './protocol.ts'
import { Session } from './session.ts'

const session = new Session((event) => postMessage(event, { transfer: transferables(event) }))

addEventListener('message', ({ data }: MessageEvent<Command>) => {
  void session.handle(data)
})

/** What moves to the page instead of being copied: nothing in the worker uses it any more. */
function transferables(event: WorkerEvent): Transferable[] {
  switch (event.type) {
    case 'snapshot': {
      const { image, mask, targetColours, predictionColours, tokenLoss } = event
      return [image.rgba, mask, targetColours, predictionColours, tokenLoss].map(
        ({ buffer }) => buffer as ArrayBuffer,
      )
    }
    case 'files':
      return event.added.map(({ thumbnail }) => thumbnail)
    default:
      return []
  }
}
