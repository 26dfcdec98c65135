import type { Client, ConnectClient } from '../../src/app/store/connection.ts'
import type { ModalityName } from '../../src/config/modalities.ts'
import type { Command, FilesEvent, MetricRow, RunId, WorkerEvent } from '../../src/worker/protocol.ts'

/** What a worker says of a run, without the run’s name. */
type Said<Event = WorkerEvent> = Event extends RunId ? Omit<Event, keyof RunId> : never

const COUNTS = { weights: 28_128, samples: 7000 }

/** A worker that does nothing by itself: it notes what the page asks for, and says what a test tells it to say. */
export class FakeClient implements Client {
  readonly sent: Command[] = []
  restarts = 0
  private readonly onEvent: (event: WorkerEvent) => void

  private constructor(onEvent: (event: WorkerEvent) => void) {
    this.onEvent = onEvent
  }

  /** For `startSession`; the client is handed out as soon as the session asks for one. */
  static connector(use: (client: FakeClient) => void): ConnectClient {
    return (onEvent) => {
      const client = new FakeClient(onEvent)
      use(client)
      return client
    }
  }

  send(command: Command): void {
    this.sent.push(command)
  }

  restart(): void {
    this.restarts += 1
  }

  dispose(): void {
    this.sent.length = 0
  }

  emit(...events: readonly WorkerEvent[]): void {
    for (const event of events) this.onEvent(event)
  }

  /** Something said of a modality’s run: of the newest that was asked for, unless an older one is named. */
  say(said: Said, modality: ModalityName = 'image', run = this.newest(modality)): void {
    this.emit({ ...said, modality, run })
  }

  /** What a worker says once the newest run of a modality is ready. */
  becomeOpen(modality: ModalityName = 'image'): void {
    this.say({ type: 'state', phase: 'opening', step: 0, weights: 0, samples: 0 }, modality)
    this.say({ type: 'backend', backend: 'webgpu', adapter: '', passedOver: [] }, modality)
    this.say({ type: 'state', phase: 'paused', step: 0, ...COUNTS }, modality)
  }

  /** What a worker says once it trains, and then the metrics of every step up to this one. */
  trainTo(step: number, modality: ModalityName = 'image'): void {
    const rows = Array.from({ length: step }, (_, i) => metricRow(i + 1))
    this.say({ type: 'state', phase: 'training', step: 0, ...COUNTS }, modality)
    this.say({ type: 'metrics', rows }, modality)
  }

  /** The commands sent so far of one type, of all modalities. */
  of<Type extends Command['type']>(type: Type): Extract<Command, { type: Type }>[] {
    return this.sent.filter((command): command is Extract<Command, { type: Type }> => command.type === type)
  }

  /** What has been asked of a modality’s runs, in order. */
  askedOf(modality: ModalityName): Command['type'][] {
    return this.sent.filter((command) => 'modality' in command && command.modality === modality).map(typeOf)
  }

  private newest(modality: ModalityName): number {
    return Math.max(
      0,
      ...this.of('open')
        .filter((open) => open.modality === modality)
        .map(({ run }) => run),
    )
  }
}

function typeOf({ type }: Command): Command['type'] {
  return type
}

export function metricRow(step: number): MetricRow {
  return {
    step,
    loss: 1 / step,
    tau: 0.99,
    lr: 0.002,
    grad_norm: 1,
    target_std: step % 2 === 0 ? 0.9 : null,
    pred_std: null,
    teacher_student_distance: null,
    step_ms: 10,
  }
}

/** What a worker says of files that are being added. */
export function filesEvent(said: Partial<FilesEvent>): FilesEvent {
  return {
    type: 'files',
    restored: false,
    done: 0,
    total: 0,
    finished: false,
    added: [],
    refused: [],
    notices: [],
    ...said,
  }
}
