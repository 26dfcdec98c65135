import type { Command, Content, WorkerEvent } from './protocol.ts'
import { Session } from './session.ts'

const session = new Session((event) => postMessage(event, { transfer: transferables(event) }))

addEventListener('message', ({ data }: MessageEvent<Command>) => {
  void session.handle(data)
})

// A promise that fails while nobody waits for it would leave the page waiting: it is told as any error is.
addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  reportError(event.reason)
})

/** What moves to the page instead of being copied: nothing in the worker uses it any more. */
function transferables(event: WorkerEvent): Transferable[] {
  switch (event.type) {
    case 'snapshot': {
      const { content, drawn, attention, mask, targetColours, predictionColours, tokenLoss } = event
      const contents = drawn ? [content, drawn.guess, drawn.perfect] : [content]
      const maps = attention ? [attention.teacher, attention.student] : []
      const arrays = [
        ...contents.flatMap(arraysOf),
        ...maps,
        mask,
        targetColours,
        predictionColours,
        tokenLoss,
      ]
      return arrays.map(({ buffer }) => buffer as ArrayBuffer)
    }
    case 'map':
      return [event.points.buffer as ArrayBuffer]
    case 'peek':
      return arraysOf(event.content).map(({ buffer }) => buffer as ArrayBuffer)
    case 'neighbours':
      return [...event.learnt, ...event.raw]
        .flatMap(({ content }) => arraysOf(content))
        .map(({ buffer }) => buffer as ArrayBuffer)
    case 'files':
      return event.added.flatMap(({ preview }) => (preview.kind === 'picture' ? [preview.thumbnail] : []))
    default:
      return []
  }
}

function arraysOf(content: Content): ArrayBufferView[] {
  switch (content.kind) {
    case 'picture':
      return [content.rgba]
    case 'sound':
      return [content.samples, content.spectrogram.values]
    case 'text':
      return []
  }
}
