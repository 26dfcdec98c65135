import type { Command, WorkerEvent } from './protocol.ts'

export type CreateWorker = () => Worker

function createTrainingWorker(): Worker {
  return new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' })
}

/** The page's end of the training worker. It starts one at once, and a fresh one whenever it is told to. */
export class TrainingClient {
  private readonly onEvent: (event: WorkerEvent) => void
  private readonly createWorker: CreateWorker
  private readonly base: string
  private worker: Worker | undefined

  /** @param base address against which the worker finds the sample files */
  constructor(
    onEvent: (event: WorkerEvent) => void,
    createWorker: CreateWorker = createTrainingWorker,
    base = document.baseURI,
  ) {
    this.onEvent = onEvent
    this.createWorker = createWorker
    this.base = base
    this.worker = this.start()
  }

  send(command: Command): void {
    this.worker?.postMessage(command, transferables(command))
  }

  /** Throws the worker away with all it holds, and starts a fresh one. */
  restart(): void {
    this.dispose()
    this.worker = this.start()
  }

  dispose(): void {
    this.worker?.terminate()
    this.worker = undefined
  }

  private start(): Worker {
    const worker = this.createWorker()
    const receive = (event: WorkerEvent) => {
      if (worker === this.worker) this.onEvent(event) // a message of a terminated worker may still be on its way
    }
    const fail = (message: string) => receive({ type: 'workerFailure', message })
    worker.onmessage = ({ data }: MessageEvent<WorkerEvent>) => receive(data)
    worker.onmessageerror = () => fail('A message of the training worker could not be read.')
    worker.onerror = ({ message }) =>
      fail(message ? `The training worker stopped: ${message}.` : 'The training worker could not be loaded.')
    worker.postMessage({ type: 'start', base: this.base } satisfies Command)
    return worker
  }
}

/** What moves to the worker instead of being copied: the page has no more use for it. */
function transferables(command: Command): Transferable[] {
  return command.type === 'soundPart' ? [command.samples.buffer] : []
}
