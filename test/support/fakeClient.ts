import type { Client, ConnectClient } from '../../src/app/store/connection.ts'
import type { Command, MetricRow, WorkerEvent } from '../../src/worker/protocol.ts'

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

  /** What a worker says once a run is ready. */
  becomeOpen(): void {
    const counts = { step: 0, weights: 28_128, samples: 7000 }
    this.emit(
      { type: 'state', phase: 'opening', step: 0, weights: 0, samples: 0 },
      { type: 'backend', backend: 'webgpu', adapter: '', passedOver: [] },
      { type: 'state', phase: 'paused', ...counts },
    )
  }

  /** What a worker says in training, with the metrics of every step up to this one. */
  trainTo(step: number): void {
    const rows = Array.from({ length: step }, (_, i) => metricRow(i + 1))
    this.emit(
      { type: 'state', phase: 'training', step, weights: 28_128, samples: 7000 },
      { type: 'metrics', rows },
    )
  }

  /** The commands sent so far of one type. */
  of<Type extends Command['type']>(type: Type): Extract<Command, { type: Type }>[] {
    return this.sent.filter((command): command is Extract<Command, { type: Type }> => command.type === type)
  }
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
